"""``python -m evaluation predict TASK GOLD.jsonl PRED.jsonl`` and ``python -m evaluation all``."""

import argparse
import sys
from pathlib import Path

from evaluation.predict import OWN_TASKS, TASKS, predict_file
from purport.errors import PurportError
from purport.settings import READERS, Settings


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m evaluation", description="Predictions and scores of the reader.")
    commands = parser.add_subparsers(dest="command", required=True)
    predict = commands.add_parser("predict", help="write predictions for one gold file, its answers hidden")
    predict.add_argument("task", choices=TASKS)
    predict.add_argument("gold", type=Path)
    predict.add_argument("pred", type=Path)
    everything = commands.add_parser("all", help="predict and score every task on its dev data; write RESULTS.md; compare with floors.json")
    everything.add_argument("--shared", type=Path, default=Path("../shared"), help="folder that holds data, gold and scorers")
    everything.add_argument("--only", nargs="*", choices=(*TASKS, *OWN_TASKS), help="only these tasks")
    everything.add_argument("--raise-floors", action="store_true", help="raise floors.json to what was just measured, never lower it")
    for command in (predict, everything):
        command.add_argument("--reader", choices=READERS, default=Settings().reader, help="who reads")
        command.add_argument("--models", type=Path, help="folder with weights for the learned reader")
    return parser.parse_args()


def main() -> int:
    args = arguments()
    try:
        settings = Settings(reader=args.reader, models_dir=args.models)
        if args.command == "predict":
            print(predict_file(args.task, args.gold, args.pred, settings=settings))
            return 0
        from evaluation.everything import run

        return run(args.shared, only=args.only, raise_floors=args.raise_floors, settings=settings)
    except (PurportError, OSError) as error:
        print(f"evaluation: {error}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
