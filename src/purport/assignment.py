"""The best one-to-one pairing of two lists."""

import math
from collections.abc import Callable


def assigned(rows: int, columns: int, *, weight: Callable[[int, int], float]) -> list[tuple[int, int]]:
    """Pairs (row, column) of the greatest total weight, none of weight 0. Cubic in the longer list.

    Source: Kuhn 1955 and Munkres 1957, in the form with potentials and shortest augmenting paths (Jonker and Volgenant 1987).
    """
    if not rows or not columns:
        return []
    size = max(rows, columns)
    weights = [[weight(i, j) if i < rows and j < columns else 0.0 for j in range(size)] for i in range(size)]
    solver = _Solver(size, weights)
    for row in range(1, size + 1):
        solver.place(row)
    found = ((solver.row_of[column] - 1, column - 1) for column in range(1, size + 1))
    return [(i, j) for i, j in found if i < rows and j < columns and weights[i][j] > 0]


class _Solver:
    """Rows are placed one after the other; ``row_of[0]`` is the row being placed. Rows and columns count from 1."""

    def __init__(self, size: int, weights: list[list[float]]) -> None:
        self._size = size
        self._weights = weights
        self._row_price = [0.0] * (size + 1)
        self._column_price = [0.0] * (size + 1)
        self.row_of = [0] * (size + 1)

    def place(self, row: int) -> None:
        """Give ``row`` a column, moving others along the cheapest path to a free one."""
        self.row_of[0] = row
        cheapest, came_from = [math.inf] * (self._size + 1), [0] * (self._size + 1)
        visited: set[int] = set()
        column = 0
        while self.row_of[column]:
            visited.add(column)
            self._relax(column, cheapest, came_from=came_from, visited=visited)
            following = min((j for j in range(1, self._size + 1) if j not in visited), key=cheapest.__getitem__)
            self._reprice(cheapest[following], cheapest, visited=visited)
            column = following
        while column:
            self.row_of[column] = self.row_of[came_from[column]]
            column = came_from[column]

    def _relax(self, column: int, cheapest: list[float], *, came_from: list[int], visited: set[int]) -> None:
        """What it costs to reach each column that was not visited, by way of the row that sits in ``column``."""
        row = self.row_of[column]
        for j in range(1, self._size + 1):
            cost = -self._weights[row - 1][j - 1] - self._row_price[row] - self._column_price[j]
            if j not in visited and cost < cheapest[j]:
                cheapest[j], came_from[j] = cost, column

    def _reprice(self, step: float, cheapest: list[float], *, visited: set[int]) -> None:
        for j in range(self._size + 1):
            if j in visited:
                self._row_price[self.row_of[j]] += step
                self._column_price[j] -= step
            else:
                cheapest[j] -= step
