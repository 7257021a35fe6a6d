"""Who the people at a meeting are by office: their posts taken apart and placed in a province."""

from __future__ import annotations

from dataclasses import replace

from include.extract.model import Organization, Participant, Post
from include.extract.organizations import organization_named
from include.extract.places import NATION
from include.extract.posts import HeldPost, posts_held


def with_posts(person: Participant, province: str | None) -> Participant:
    """Give `person` with posts and home; province: the meeting's, by the name of the seed.

    A province that one office of a chain names is that of its other offices too: "Phó Bí thư Tỉnh ủy, Chủ
    tịch UBND tỉnh Kiên Giang" is of Kiên Giang in both.
    """
    if person.person_title is None:
        return person
    held = posts_held(person.person_title)
    own = next((home for post in held if (home := _home_printed(post)) is not None), province)
    posts = tuple(Post(one.post, _placed(one, own), one.is_former) for one in held)
    return replace(person, posts=posts, home=_home_of(held, posts))


def _home_printed(post: HeldPost) -> str | None:
    """The province that an office bears in its own printed name."""
    if post.organization is None:
        return None
    home = organization_named(post.organization, None).home
    return None if home == NATION else home


def _placed(post: HeldPost, province: str | None) -> Organization | None:
    return None if post.organization is None else organization_named(post.organization, province)


def _home_of(held: tuple[HeldPost, ...], posts: tuple[Post, ...]) -> str | None:
    """Where a person's office is: a membership ("Ủy viên Trung ương Đảng") only decides where it is all."""
    homes = [
        (one.is_membership, post.organization.home)
        for one, post in zip(held, posts, strict=True)
        if post.organization is not None and post.organization.home is not None
    ]
    return min(homes, key=lambda one: one[0])[1] if homes else None
