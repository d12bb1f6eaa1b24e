import pytest

from rag.posts import posts, posts_of


@pytest.mark.parametrize(
    ("text", "said", "name"),
    [
        ("殷勇会见渣打银行（中国）有限公司行政总裁、行长张晓蕾", "渣打银行（中国）有限公司行政总裁、行长", "张晓蕾"),
        ("视频会见美国标普集团全球总裁兼首席执行官彼得森", "美国标普集团全球总裁兼首席执行官", "彼得森"),
        ("东京都知事小池百合子发表视频致辞。", "东京都知事", "小池百合子"),
        ("向巴西里约热内卢市市长爱德华多·帕埃斯致信", "巴西里约热内卢市市长", "爱德华多·帕埃斯"),
        ("会见世界知识产权组织中国办事处主任刘华", "世界知识产权组织中国办事处主任", "刘华"),
        ("与清华大学数学科学中心主任丘成桐一行举行早餐会", "清华大学数学科学中心主任", "丘成桐"),
    ],
)
def test_an_office_stands_before_its_holder_with_what_it_is_of(text: str, said: str, name: str) -> None:
    assert [(post.said, post.name) for post in posts(text)] == [(said, name)]


def test_each_of_several_holders_has_his_own_office() -> None:
    told = posts("市长陈吉宁分别向韩国首尔市市长吴世勋、韩国釜山市市长朴亨埈致信")
    assert [(post.body, post.name) for post in told] == [
        ("", "陈吉宁"),
        ("韩国首尔市", "吴世勋"),
        ("韩国釜山市", "朴亨埈"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "首尔市市长或代表出席。",
        "召开市长办公会。",
        "市长保持信函往来。",
        "外交部领事司担任指导单位。",
        "市税务局局长为首批体验师颁奖。",
    ],
)
def test_an_office_without_a_name_is_nobodys(text: str) -> None:
    assert posts(text) == []


@pytest.mark.parametrize(
    ("text", "name", "said"),
    [
        ("小提琴演奏家吕思清和钢琴演奏家郎朗参加。", "郎朗", ["钢琴演奏家"]),
        ("邀请乌克兰总统夫人奥列娜·泽连斯卡担任嘉宾。", "奥列娜·泽连斯卡", ["乌克兰总统夫人"]),
        ("温如玉任市第二医院院长。", "温如玉", ["市第二医院院长"]),
        ("会上温如玉发言。", "温如玉", []),
    ],
)
def test_what_somebody_is_called_stands_before_his_name_or_after_it(text: str, name: str, said: list[str]) -> None:
    assert [post.said for post in posts_of(name, text)] == said
