"""Reports → incidents: linking, copies and origins, competing claims, policies, status."""

from purport.incidents.competing import contests_of
from purport.incidents.grading import grade_of, meaning_of
from purport.incidents.origins import with_origins
from purport.incidents.policies import Policy, order_from, policies, policy_of, resolve
from purport.incidents.summary import account_of

__all__ = [
    "Policy",
    "account_of",
    "contests_of",
    "grade_of",
    "meaning_of",
    "order_from",
    "policies",
    "policy_of",
    "resolve",
    "with_origins",
]
