from django.urls import path

from .feeds import SecretTopicsFeed, TopicsFeed
from .views import activity, groups, invitations, members, order, proposals, questions, review, topics

app_name = "groups"

urlpatterns = [
    path("", groups.directory, name="directory"),
    path("new/", groups.new, name="new"),
    path("questions/", questions.questions, name="all_questions"),
    path("read/", topics.mark_read, name="mark_all_read"),
    path("invitations/<str:token>/", invitations.invitation, name="invitation"),
    path("proposals/<int:pk>/withdraw/", proposals.withdraw, name="withdraw_proposal"),
    path("<slug:slug>/", groups.group, name="group"),
    path("<slug:slug>/join/", groups.join, name="join"),
    path("<slug:slug>/leave/", groups.leave, name="leave"),
    path("<slug:slug>/level/", groups.level, name="level"),
    path("<slug:slug>/members/", members.members, name="members"),
    path("<slug:slug>/members/<slug:handle>/", members.member, name="member"),
    path("<slug:slug>/members/<slug:handle>/answer/", members.answer, name="answer"),
    path("<slug:slug>/members/<slug:handle>/remove/", members.remove, name="remove"),
    path("<slug:slug>/members/<slug:handle>/withdraw/", members.withdraw, name="withdraw"),
    path("<slug:slug>/members/<slug:handle>/hand-over/", members.hand_over, name="hand_over"),
    path("<slug:slug>/claim/", members.claim, name="claim"),
    path("<slug:slug>/invitations/<int:pk>/withdraw/", invitations.withdraw, name="withdraw_invitation"),
    path("<slug:slug>/settings/", groups.settings, name="settings"),
    path("<slug:slug>/settings/archive/", groups.archive, name="archive"),
    path("<slug:slug>/feed.xml", TopicsFeed(), name="feed"),
    path("<slug:slug>/feed/<str:token>/", SecretTopicsFeed(), name="secret_feed"),
    path("<slug:slug>/activity/", activity.activity, name="activity"),
    path("<slug:slug>/activity.csv", activity.activity_csv, name="activity_csv"),
    path("<slug:slug>/topics/new/", topics.new_topic, name="new_topic"),
    path("<slug:slug>/read/", topics.mark_read, name="mark_read"),
    path("<slug:slug>/review/", review.review, name="review"),
    path("<slug:slug>/review/<int:pk>/", review.review_one, name="review_one"),
    path("<slug:slug>/questions/", questions.questions, name="questions"),
    path("<slug:slug>/topics/<int:pk>/", topics.topic, name="topic"),
    path("<slug:slug>/topics/<int:pk>/accept/<int:number>/", order.accept, name="accept"),
    path("<slug:slug>/topics/<int:pk>/pin/", order.pin, name="pin"),
    path("<slug:slug>/topics/<int:pk>/lock/", order.lock, name="lock"),
    path("<slug:slug>/topics/<int:pk>/move/", order.move, name="move"),
    path("<slug:slug>/topics/<int:pk>/merge/", order.merge, name="merge"),
    path("<slug:slug>/topics/<int:pk>/split/", order.split, name="split"),
    path("<slug:slug>/topics/<int:pk>/acknowledge/", order.acknowledge, name="acknowledge"),
    path("<slug:slug>/topics/<int:pk>/acknowledgements/", order.acknowledgements, name="acknowledgements"),
]
