from cinehub.work.models.claims import Claim
from cinehub.work.models.letters import DeadLetter
from cinehub.work.models.measures import Measure

__all__ = ["Claim", "DeadLetter", "Measure"]
