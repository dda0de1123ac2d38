from typing import Any
from unittest.mock import Mock

from dreamfolio.plan.task import State, Task
from dreamfolio.runner.listener import Listener
from dreamfolio.serve.following import Following

TASK = Task("orbs", "orb_1_conv_b.png", "orb_1.png", State.MISSING, "")


def test_all_is_passed_on_and_the_task_is_known() -> None:
    heard: Any = Mock(spec=Listener)
    following = Following(heard)
    assert following.task is None
    following.dreaming(TASK, 20)
    assert following.task is TASK
    heard.dreaming.assert_called_once_with(TASK, 20)
    for name in (name for name in vars(Listener) if not name.startswith("_")):
        getattr(following, name)(1, 2)
        assert getattr(heard, name).call_args.args == (1, 2)
