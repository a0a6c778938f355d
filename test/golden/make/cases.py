"""The fixed inputs: three rows of six positions. Bases are 0 to 3 and MASK is 4, the last category, as the repositories have it."""
import reference  # makes float64 the default
import torch

MASK = 4
ROWS, LENGTH = 3, 6

X0 = torch.tensor([[0, 1, 2, 3, 0, 2], [3, 3, 1, 0, 2, 1], [2, 0, 0, 1, 3, 3]])
#: some positions masked in the first row, all in the second, one in the third
ABSORBED = torch.tensor([[4, 1, 4, 3, 4, 2], [4, 4, 4, 4, 4, 4], [2, 0, 0, 4, 3, 3]])
#: uniform noise: some moved, some not
MOVED = torch.tensor([[0, 2, 2, 1, 0, 0], [1, 0, 3, 2, 0, 1], [2, 0, 0, 1, 3, 1]])

#: of training rows and of schedules
TIMES = [0.001, 0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.99, 1.0]
ROW_TIMES = torch.tensor([0.2, 0.65, 0.97])
#: (from t, by dt), a step of sampling
STEPS = [(1.0, 0.25), (0.75, 0.25), (0.5, 0.1), (0.3, 0.01)]


def outputs(columns, salt):
    """[rows, length, columns] numbers between −3 and 3 with three decimals: a fixed congruential sequence."""
    state, numbers = salt, []
    for _ in range(ROWS * LENGTH * columns):
        state = (1103515245 * state + 12345) % 2**31
        numbers.append((state // 2**8 % 6001 - 3000) / 1000)
    return torch.tensor(numbers).reshape(ROWS, LENGTH, columns)


#: outputs of a network for x_t, and (for reconstruction terms) for x_0
OUTPUTS5, CLEAN5 = outputs(5, 1), outputs(5, 2)
OUTPUTS4, CLEAN4 = outputs(4, 3), outputs(4, 4)
