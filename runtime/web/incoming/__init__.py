"""At which addresses do other systems call?"""
