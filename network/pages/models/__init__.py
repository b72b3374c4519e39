from .home import HomePage
from .media import EditorialDocument, EditorialImage, EditorialRendition
from .sections import SectionPage
from .settings import NetworkSettings
from .texts import NewsIndexPage, NewsPage, StandardPage

__all__ = [
    "EditorialDocument",
    "EditorialImage",
    "EditorialRendition",
    "HomePage",
    "NetworkSettings",
    "NewsIndexPage",
    "NewsPage",
    "SectionPage",
    "StandardPage",
]
