"""How is an app changed in the browser, as edits that can be undone, until it is published?"""
