"""How does something reach the world outside: mail, chats, text messages, other programs?"""
