"""What lies in a workspace: the database, the files, the installed apps, the people?"""
