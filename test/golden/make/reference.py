"""What the programs here share: to import a clone of a reference repository on a CPU, and to write what it returned.

The repositories import trainers, tokenizers and GPU kernels at the top of files whose arithmetic needs none of them. Those modules
become stand-ins, which can be named, inherited and called, and never return a number: Python with torch is all that is needed.
"""
import importlib.abc, importlib.machinery, json, math, os, subprocess, sys, types, warnings

sys.dont_write_bytecode = True
warnings.filterwarnings("ignore")
import torch

torch.set_default_dtype(torch.float64)
torch.manual_seed(0)

STOOD_IN = [
    "PIL", "causal_conv1d", "datasets", "einops", "flash_attn", "fsspec", "huggingface_hub", "hydra", "lightning", "mamba_ssm",
    "omegaconf", "pandas", "requests", "rich", "timm", "tokenizers", "torchmetrics", "torchvision", "tqdm", "transformers",
]


class Anything(type):
    """A class that has every attribute, can be inherited and called, and decorates a function by returning it."""

    def __getattr__(cls, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return Anything(name, (), {})

    def __call__(cls, *args, **kwargs):
        if len(args) == 1 and isinstance(args[0], types.FunctionType) and not kwargs:
            return args[0]
        return super().__call__() if cls.__init__ is object.__init__ else super().__call__(*args, **kwargs)


class StandIns(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in STOOD_IN:
            return importlib.machinery.ModuleSpec(name, self, is_package=True)
        return None

    def create_module(self, spec):
        module = types.ModuleType(spec.name)
        module.__getattr__ = lambda name: Module if name == "LightningModule" else Anything.__getattr__(Anything, name)
        return module

    def exec_module(self, module):
        pass


class Module(torch.nn.Module):
    """In the place of lightning.LightningModule."""

    dtype = torch.get_default_dtype()
    device = torch.device("cpu")

    def log(self, *args, **kwargs):
        pass

    def all_gather(self, value):
        return value


def enter(folder):
    """Makes the modules of a clone importable, and what it needs and is not there a stand-in."""
    sys.path.insert(0, os.path.abspath(folder))
    sys.meta_path.insert(0, StandIns())


def bare(cls, **attributes):
    """An object of a Module class that has these attributes and has not run its own __init__."""
    made = cls.__new__(cls)
    torch.nn.Module.__init__(made)
    for name, value in attributes.items():
        object.__setattr__(made, name, value)
    return made


class Recorder:
    """In the place of a repository's draw from categorical probabilities: keeps them and returns category 0."""

    def __init__(self):
        self.probabilities = []

    def __call__(self, probabilities, *args, **kwargs):
        self.probabilities.append(probabilities.clone())
        return torch.zeros(probabilities.shape[:-1], dtype=torch.int64)

    def take(self):
        (only,) = self.probabilities
        self.probabilities = []
        return only


def plain(value):
    """Tensors as lists; NaN and the infinities, which JSON lacks, as words."""
    if isinstance(value, torch.Tensor):
        return plain(value.detach().tolist())
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if isinstance(value, float) and not math.isfinite(value):
        return "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"
    return value


def text(value, indent=""):
    """JSON with a line for each list of numbers; numbers have all their digits."""
    line = json.dumps(value)
    if len(indent) + len(line) <= 110 or not isinstance(value, (dict, list)):
        return line
    if isinstance(value, list) and not any(isinstance(item, (dict, list)) for item in value):
        return line
    inner = indent + " "
    if isinstance(value, dict):
        rows = [json.dumps(key) + ": " + text(item, inner) for key, item in value.items()]
        return "{\n" + inner + (",\n" + inner).join(rows) + "\n" + indent + "}"
    return "[\n" + inner + (",\n" + inner).join(text(item, inner) for item in value) + "\n" + indent + "]"


def write(clone, repository, program, sections):
    """Prints the JSON of one repository to stdout."""
    commit = subprocess.run(["git", "-C", clone, "rev-parse", "HEAD"], capture_output=True, text=True, check=True).stdout.strip()
    changed = subprocess.run(["git", "-C", clone, "status", "--porcelain"], capture_output=True, text=True, check=True).stdout
    assert not changed, f"the clone has changes:\n{changed}"
    head = {
        "repository": f"https://github.com/{repository}",
        "commit": commit,
        "program": f"test/golden/make/{program}",
        "torch": torch.__version__,
        "dtype": "float64",
    }
    print(text(plain({**head, **sections})))
