"""How is a form designed: canvas, palette, preview?"""
