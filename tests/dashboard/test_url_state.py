from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest


def two_pages() -> None:
    """A page of choices and, in its place where the session says so, another."""
    import streamlit as st  # noqa: PLC0415

    from dashboard.url_state import begin, choose_many, choose_one, choose_segment, finish, tell, told  # noqa: PLC0415

    page = st.session_state.setdefault("page", "/first")
    begin(page)
    choose_segment("lang", "language", ["zh", "en"], shown=str.upper, default="zh")
    if page == "/first":
        choose_one("colour", "colour", ["red", "green", "blue"], shown=str.upper, default="green")
        choose_many("kinds", "kinds", ["a", "b", "c,d"], shown=str.upper, hint="all")
        if st.button("tell"):
            tell(at="35.3,107.4")
        if st.button("forget"):
            tell(at="")
    else:
        choose_one("size", "size", ["s", "m"], shown=str.upper, default="s")
    st.session_state["at"] = told("at") if page == "/first" else ""
    finish()


@pytest.fixture
def app() -> AppTest:
    return AppTest.from_function(two_pages)


def run(app: AppTest, **params: str) -> AppTest:
    """As when the address bar says this and nothing else."""
    for name in list(app.query_params):
        del app.query_params[name]
    for name, value in params.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception
    return app


def address(app: AppTest) -> dict[str, str]:
    return {name: app.query_params[name] for name in app.query_params}


def choices(app: AppTest) -> tuple[object, ...]:
    return (app.selectbox[0].value, *(one.value for one in app.multiselect), app.session_state["at"])


def go(app: AppTest, page: str) -> AppTest:
    """As Streamlit goes to another page: the address is empty but for what the page writes."""
    app.session_state["page"] = page
    return run(app)


def test_defaults_stand_in_no_address(app: AppTest) -> None:
    run(app)
    assert choices(app) == ("green", [], "")
    assert address(app) == {}


def test_what_is_chosen_is_written_and_taken_back_out_with_the_default(app: AppTest) -> None:
    run(app)
    app.selectbox[0].select("blue").run()
    app.multiselect[0].select("c,d").select("a").run()
    assert address(app) == {"colour": "blue", "kinds": "c%2Cd,a"}
    assert choices(app) == ("blue", ["c,d", "a"], "")
    app.selectbox[0].select("green").run()
    app.multiselect[0].set_value([]).run()
    assert address(app) == {}


def test_an_address_is_taken_over_at_the_start_and_whenever_it_changes(app: AppTest) -> None:
    run(app, colour="red", kinds="b,c%2Cd", at="1,2")
    assert choices(app) == ("red", ["b", "c,d"], "1,2")
    # Going back in the browser: the address changes, the widgets follow.
    run(app, colour="blue")
    assert choices(app) == ("blue", [], "")
    assert address(app) == {"colour": "blue"}
    run(app)
    assert choices(app) == ("green", [], "")


def test_a_run_without_a_new_address_leaves_the_choices_alone(app: AppTest) -> None:
    run(app, colour="red")
    app.multiselect[0].select("b").run()
    for _ in range(3):
        app.run()
    assert choices(app) == ("red", ["b"], "")
    assert address(app) == {"colour": "red", "kinds": "b"}


def test_what_means_nothing_is_dropped_from_the_address(app: AppTest) -> None:
    run(app, colour="<img src=x>", kinds="x,b,", lang="fr", other="1", at="")
    assert choices(app) == ("green", ["b"], "")
    assert address(app) == {"kinds": "b"}


def test_the_maps_own_part_is_left_to_the_browser(app: AppTest) -> None:
    run(app, map="12/35.3/107.4", layers="", colour="red")
    app.selectbox[0].select("blue").run()
    assert address(app) == {"map": "12/35.3/107.4", "layers": "", "colour": "blue"}
    app.selectbox[0].select("green").run()
    assert address(app) == {"map": "12/35.3/107.4", "layers": ""}
    # A map that was moved is no other address: choices stay.
    app.multiselect[0].select("b").run()
    app.query_params["map"] = "13/35/107"
    app.run()
    assert choices(app) == ("green", ["b"], "")


def test_a_part_is_told_and_forgotten(app: AppTest) -> None:
    run(app)
    app.button[0].click().run()
    assert address(app) == {"at": "35.3,107.4"}
    app.run()
    assert choices(app)[-1] == "35.3,107.4"
    app.button[1].click().run()
    assert address(app) == {}


def test_a_pages_own_parts_are_not_in_the_address_of_another_and_are_there_on_return(app: AppTest) -> None:
    run(app, colour="red", at="1,2", lang="en")
    go(app, "/second")
    assert address(app) == {"lang": "en"}
    app.selectbox[0].select("m").run()
    assert address(app) == {"lang": "en", "size": "m"}
    go(app, "/first")
    assert address(app) == {"lang": "en", "colour": "red", "at": "1,2"}
    assert choices(app) == ("red", [], "1,2")


def test_a_link_to_another_page_brings_its_own_words(app: AppTest) -> None:
    run(app, colour="red")
    app.session_state["page"] = "/second"
    run(app, size="m", colour="blue")
    assert address(app) == {"size": "m"}
    assert app.selectbox[0].value == "m"
    app.session_state["page"] = "/first"
    run(app, colour="blue")
    assert choices(app) == ("blue", [], "")


def test_the_language_goes_along_to_another_page(app: AppTest) -> None:
    run(app, lang="en")
    app.session_state["page"] = "/second"
    run(app, lang="en")
    assert address(app) == {"lang": "en"}
    app.session_state["page"] = "/first"
    run(app)
    assert address(app) == {"lang": "en"}
