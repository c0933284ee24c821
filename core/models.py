from django.db import models


class Attempt(models.Model):
    """How often something limited was tried in one window of time (see `core.limits`)."""

    key = models.CharField(max_length=200)
    window_start = models.DateTimeField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "window_start"], name="one_count_per_key_and_window")]

    def __str__(self) -> str:
        return self.key
