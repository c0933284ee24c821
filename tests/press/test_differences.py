"""What differs between two versions, word by word."""

from press.differences import differences


def pieces(before, after):
    (difference,) = differences({"lead": before}, {"lead": after})
    return [(piece.kind, piece.text) for piece in difference.pieces]


def test_a_changed_word_is_shown_beside_the_old_one_and_the_rest_stays():
    assert pieces("Келди 57 адам.", "Келди 58 адам.") == [
        ("same", "Келди "),
        ("removed", "57 "),
        ("added", "58 "),
        ("same", "адам."),
    ]


def test_a_run_of_new_words_is_one_piece():
    assert pieces("Семинар өттү.", "Семинар Бишкекте жакшы өттү.")[1] == ("added", "Бишкекте жакшы ")


def test_what_is_the_same_is_not_shown():
    assert differences({"lead": "Бир", "quotes": ["а"]}, {"lead": "Бир", "quotes": ["а"]}) == []


def test_records_are_compared_line_by_line():
    (difference,) = differences({"quotes": ["бир", "эки"]}, {"quotes": ["бир"]})
    assert "эки" in "".join(piece.text for piece in difference.pieces if piece.kind == "removed")


def test_nothing_is_lost_of_either_version():
    before, after = "Бир, эки — үч!\n\n- төрт", "Бир эки; үч?\n- беш"
    shown = pieces(before, after)
    assert "".join(text for kind, text in shown if kind != "added") == before
    assert "".join(text for kind, text in shown if kind != "removed") == after


def test_the_hour_is_shown_as_the_clock_of_bishkek_has_it():
    (difference,) = differences({"public_from": ""}, {"public_from": "2019-12-19T12:00:00+00:00"})
    assert [(piece.kind, piece.text) for piece in difference.pieces] == [("added", "19.12.2019 18:00")]
