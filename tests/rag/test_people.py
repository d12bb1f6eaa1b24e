from rag.people import named, tagged_names


def test_names_are_put_together_that_the_tagger_cuts_in_two() -> None:
    told = list(tagged_names("市公交集团裴立新、通泰汽修公司苗一鸣、云台镇茶农简素芬分获第一名。"))
    assert told == ["裴立新", "苗一鸣", "简素芬"]
    assert list(tagged_names("活动在怀柔区举行。")) == []


def test_who_is_named_may_be_known_tagged_or_stand_behind_an_office() -> None:
    assert named("议长三宅茂树与裴立新会面，陈某在场。", ["陈某"]) == ["陈某", "裴立新", "三宅茂树"]
    assert named("市长保持信函往来。", ()) == []


def test_whose_thought_is_taught_is_not_there() -> None:
    assert named("专家讲授习近平法治思想等课程。", ()) == []
