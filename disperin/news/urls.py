"""`/kabar/…`: news and calls of the office."""

from disperin.registers.lists.routes import pages_of

from . import views

app_name = "news"
urlpatterns = [*pages_of("kabar/", views.NewsList, views.NewsDetail)]
