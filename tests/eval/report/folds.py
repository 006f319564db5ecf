"""Which fold does a repository belong to? One answer for the policy's training and for every baseline."""

import numpy
from sklearn.model_selection import StratifiedGroupKFold

FOLDS = 5


def assign(labels, repositories):
    """The fold, 0 to FOLDS - 1, of each row. Rows of one repository share a fold, and each fold has both labels where that can be had,
    so that probabilities of different folds may be pooled. Depends on the rows alone. None with fewer repositories than folds.
    """
    if len(set(repositories)) < FOLDS:
        return None
    folds = numpy.zeros(len(repositories), dtype=int)
    for number, (_, rows) in enumerate(StratifiedGroupKFold(FOLDS).split(repositories, labels, groups=repositories)):
        folds[rows] = number
    return folds
