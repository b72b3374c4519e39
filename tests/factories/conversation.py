from datetime import timedelta

import factory
from django.utils import timezone

from blogs.models import Blog, Post
from groups.models import Group, Invitation, Topic
from network.charter.models import CharterVersion
from network.conversation.actions import enter_space, post_contribution, save_draft
from network.conversation.models import Contribution, Membership

from .members import MemberFactory


class GroupFactory(factory.django.DjangoModelFactory):
    """A public group that anyone joins; `members=[…]` belong to it, `owner=…` owns it."""

    class Meta:
        model = Group
        skip_postgeneration_save = True

    kind = "group"
    slug = factory.Sequence(lambda n: f"group-{n}")
    title = factory.Sequence(lambda n: f"Group {n}")
    description = "What this group is for."
    visibility = "public"
    languages = ["en"]
    last_activity_at = factory.LazyFunction(timezone.now)

    @factory.post_generation
    def owner(group, create, extracted, **kwargs):
        if extracted:
            enter_space(group, extracted, role="owner")

    @factory.post_generation
    def members(group, create, extracted, **kwargs):
        for member in extracted or ():
            enter_space(group, member, role="member")


class BlogFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Blog
        skip_postgeneration_save = True

    kind = "blog"
    owner = factory.SubFactory(MemberFactory)
    slug = factory.LazyAttribute(lambda blog: blog.owner.handle)
    title = factory.LazyAttribute(lambda blog: f"Blog of {blog.owner.name}")
    visibility = "public"
    languages = ["en"]
    last_activity_at = factory.LazyFunction(timezone.now)

    @factory.post_generation
    def membership(blog, create, extracted, **kwargs):
        enter_space(blog, blog.owner, role="owner")


class MembershipFactory(factory.django.DjangoModelFactory):
    """A tie in any role and state, without moving the counters: for states that tests name."""

    class Meta:
        model = Membership

    member = factory.SubFactory(MemberFactory)
    space = factory.SubFactory(GroupFactory)


class InvitationFactory(factory.django.DjangoModelFactory):
    """An invitation by e-mail that holds for a week more."""

    class Meta:
        model = Invitation

    group = factory.SubFactory(GroupFactory)
    email = factory.Sequence(lambda n: f"colleague{n}@commune.example")
    sent_at = factory.LazyFunction(timezone.now)
    expires_at = factory.LazyFunction(lambda: timezone.now() + timedelta(days=7))


class _SpokenFactory(factory.django.DjangoModelFactory):
    """Said through the real actions and released at once, unless `draft=True` or `waiting=True`."""

    class Meta:
        abstract = True

    language = "en"
    body = factory.Sequence(lambda n: f"<p>Words number {n}.</p>")

    @classmethod
    def _create(cls, model_class, *args, draft=False, waiting=False, tags=None, **kwargs):
        contribution = model_class(**kwargs)
        author = contribution.author
        _let_take_part(author, contribution)
        if draft:
            return save_draft(contribution, actor=author, tag_names=tags)
        at = None if waiting else timezone.now()
        return post_contribution(contribution, actor=author, tag_names=tags, at=at)


def _let_take_part(author, contribution):
    version = CharterVersion.objects.in_force()
    if version and author.accepted_charter_id != version.pk:
        author.accepted_charter = version
        author.save(update_fields=["accepted_charter"])
    space = contribution.space
    if space.kind == "group" and not Membership.objects.filter(space=space, member=author).exists():
        enter_space(space, author, role="member")


class TopicFactory(_SpokenFactory):
    class Meta:
        model = Topic

    kind = "topic"
    space = factory.SubFactory(GroupFactory)
    author = factory.SubFactory(MemberFactory)
    title = factory.Sequence(lambda n: f"Topic {n}")


class PostFactory(_SpokenFactory):
    class Meta:
        model = Post

    kind = "post"
    space = factory.SubFactory(BlogFactory)
    author = factory.LazyAttribute(lambda post: post.space.owner)
    title = factory.Sequence(lambda n: f"Post {n}")


class ReplyFactory(_SpokenFactory):
    class Meta:
        model = Contribution

    kind = "reply"
    root = factory.SubFactory(TopicFactory)
    space = factory.LazyAttribute(lambda reply: reply.root.space)
    author = factory.SubFactory(MemberFactory)
