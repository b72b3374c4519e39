"""What members fill in about groups. Whether they may is for `permissions`."""

from .groups import VISIBILITIES, DirectoryForm, GroupForm, NewGroupForm
from .members import InviteForm, LevelForm, MembersForm, RemoveForm, RequestForm, RoleForm, SuccessorForm
from .topics import MergeForm, MoveForm, ReturnForm, SplitForm, TopicForm

__all__ = [
    "VISIBILITIES",
    "DirectoryForm",
    "GroupForm",
    "InviteForm",
    "LevelForm",
    "MembersForm",
    "MergeForm",
    "MoveForm",
    "NewGroupForm",
    "RemoveForm",
    "RequestForm",
    "ReturnForm",
    "RoleForm",
    "SplitForm",
    "SuccessorForm",
    "TopicForm",
]
