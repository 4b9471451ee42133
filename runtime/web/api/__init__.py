"""How do programs work with records, by HTTP and JSON?"""
