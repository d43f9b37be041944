"""Which of TMDB's words a site in one language shows."""

from dataclasses import replace

from catalog.tmdb.shapes.facts import TitleFacts

LAST_RESORT = "en"


def named_for_site(facts: TitleFacts, language: str) -> TitleFacts:
    """By its English name, where TMDB has none in the site's language and gives the original."""
    tongue = language.partition("-")[0]
    translated = any(t.name for t in facts.translations if t.language == tongue)
    if facts.original_language_id == tongue or facts.name != facts.original_name or translated:
        return facts
    english = (t.name for t in facts.translations if t.language == LAST_RESORT and t.name)
    return replace(facts, name=next(english, facts.name))
