"""What things are found by: the index of the search."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Left
from django.utils.translation import gettext_lazy as _

from catalog.models.people import Person
from catalog.models.terms import Collection
from catalog.models.title import Title

KNOWN = Q(is_known=True)


class Name(models.Model):
    """One way to write the name of a title, a person or a collection, as `spelling` has it.

    The migration adds what only one database has: on PostgreSQL GIN indexes of words and trigrams,
    on SQLite two FTS5 tables that triggers keep.
    """

    class Of(models.TextChoices):
        MOVIE = "movie", _("Film")
        TV = "tv", _("TV show")
        PERSON = "person", _("Person")
        COLLECTION = "collection", _("Collection")

    of = models.CharField(_("name of"), max_length=10, choices=Of)
    title = models.ForeignKey(
        Title,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="names",
        verbose_name=_("title"),
        db_index=False,
    )
    person = models.ForeignKey(
        Person,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="names",
        verbose_name=_("person"),
        db_index=False,
    )
    collection = models.ForeignKey(
        Collection,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="names",
        verbose_name=_("collection"),
        db_index=False,
    )
    form = models.CharField(_("form"), max_length=300)
    joined = models.CharField(_("form without spaces and article"), max_length=300)
    length = models.PositiveSmallIntegerField(_("letters"))
    is_main = models.BooleanField(_("not a translation or an alternative"))
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    fame = models.FloatField(_("fame"))
    is_known = models.BooleanField(_("known to many"))

    class Meta:
        verbose_name = _("name")
        verbose_name_plural = _("names")
        constraints = [
            models.UniqueConstraint(
                fields=["title", "form"],
                name="name_of_title_once",
                condition=Q(title__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["person", "form"],
                name="name_of_person_once",
                condition=Q(person__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["collection", "form"],
                name="name_of_collection_once",
                condition=Q(collection__isnull=False),
            ),
            models.CheckConstraint(
                condition=Q(
                    of__in=["movie", "tv"],
                    title__isnull=False,
                    person__isnull=True,
                    collection__isnull=True,
                )
                | Q(of="person", title__isnull=True, person__isnull=False, collection__isnull=True)
                | Q(
                    of="collection",
                    title__isnull=True,
                    person__isnull=True,
                    collection__isnull=False,
                ),
                name="name_of_one_thing",
            ),
        ]
        indexes = [
            models.Index(fields=["joined"], name="name_joined", opclasses=["varchar_pattern_ops"]),
            models.Index(
                fields=["joined"],
                name="name_joined_known",
                opclasses=["varchar_pattern_ops"],
                condition=KNOWN,
            ),
            # What begins with up to four letters is much: the best known of it are in order.
            *(
                models.Index(
                    Left("joined", letters),
                    F("fame").desc(),
                    name=f"name_begins_{letters}",
                    condition=KNOWN,
                )
                for letters in (1, 2, 3, 4)
            ),
            # With all that a comparison needs, so that two thousand of them are read at once.
            models.Index(
                "length",
                F("fame").desc(),
                "joined",
                "id",
                name="name_length",
                condition=KNOWN & Q(is_main=True),
            ),
        ]

    def __str__(self) -> str:
        return self.form
