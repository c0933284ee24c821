"""The grammar of what we compose ourselves; forms of oblasts, posts and bodies are data (rules.md, People 3)."""
