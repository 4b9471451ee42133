"""How is a filter chosen, told and kept?"""
