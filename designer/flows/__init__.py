"""How does somebody design what happens to records: stages, approvals, rules?"""
