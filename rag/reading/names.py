"""People's names as yearbooks set them: two-character names spaced out to three (李　娜), several in a row."""

from __future__ import annotations

import re
from collections.abc import Iterable

SURNAMES = frozenset(
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁"
    "柳酆鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋"
    "茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯昝管卢莫经房裘缪干解应宗丁"
    "宣贲邓郁单杭洪包诸左石崔吉钮龚程嵇邢滑裴陆荣翁荀羊於惠甄曲家封芮羿储靳汲邴糜松井段富巫乌焦巴弓牧隗山谷车侯宓蓬全郗班仰"
    "秋仲伊宫宁仇栾暴甘钭厉戎祖武符刘景詹束龙叶幸司韶郜黎蓟薄印宿白怀蒲邰从鄂索咸籍赖卓蔺屠蒙池乔阴胥能苍双闻莘党翟谭贡劳逄"
    "姬申扶堵冉宰郦雍郤璩桑桂濮牛寿通边扈燕冀郏浦尚农温别庄晏柴瞿阎充慕连茹习宦艾鱼容向古易慎戈廖庾终暨居衡步都耿满弘匡国文"
    "寇广禄阙东欧殳沃利蔚越夔隆师巩厍聂晁勾敖融冷訾辛阚那简饶空曾毋沙乜养鞠须丰巢关蒯相查后荆红游竺权逯盖益桓公万俟司马上官"
    "欧阳夏侯诸葛闻人东方赫连皇甫尉迟公羊澹台公冶宗政濮阳淳于单于太叔申屠公孙仲孙轩辕令狐钟离宇文长孙慕容司徒司空肖闫付代苑"
    "趙錢孫吳鄭馮陳衛蔣韓楊許張嚴華魏謝鄒蘇馬鳳費賀湯滕羅畢鄔樂傅齊顧黃蕭姚紀項祝賈婁顏鍾駱蔡萬盧莫鄧單龔陸榮甯劉葉龍藺喬"
    "譚勞莊閻連習廖聶饒關荊蓋譙覃佟仝晋么寻闵岳帅缑亢况郈有琴梁丘左丘商牟佘佴伯赏南宫墨哈谯年爱阳佟言福"
)
"""First characters of Chinese surnames (百家姓 and common ones beyond it, simplified and traditional)."""

_SEPARATORS = re.compile(r"[\s、，,；;/]+")
_TOKEN = re.compile(r"[\u3400-\u9fff〇·]+|[A-Za-z][A-Za-z.\-]*")
_LONGEST = 4
_ROLE = re.compile(
    r"([\u3400-\u9fff]{0,3}(?:稿|撰写|撰文|作者|执笔|執筆|编辑|編輯|编审|審核|审核|审定|审校|校对|供图|摄影|攝影)[人者员]?)\s*[:：]"
)
_NO_AUTHORS = re.compile(r"[审審编編校图圖摄攝]")
_WRITTEN_BY = re.compile(r"^(?:撰|供|作者|执笔|執筆)[\u3400-\u9fff]{0,4}\s*[:：]")


def split_names(lines: Iterable[str]) -> tuple[str, ...]:
    """Names from a byline's or a cell's lines, spaces inside names closed: single characters pair up, and a name
    that a line break cut in two (王文 / 博) is put together."""
    names: list[str] = []
    whole = True
    for line in lines:
        tokens = [token for token in _SEPARATORS.split(line.strip()) if token]
        for place, token in enumerate(tokens):
            left = names[-1] if names else ""
            pairs = len(left) == 1 and len(token) <= 2
            torn = place == 0 and len(left) == 2 and len(token) == 1 and not whole
            if pairs or torn:
                names[-1] += token
                whole = True
            else:
                names.append(token)
                whole = len(token) > 2
    return tuple(names)


def byline_names(lines: Iterable[str]) -> tuple[str, ...]:
    """The authors that a byline's lines name, () where they are no byline. Where it says who did what (撰稿：… 审稿：…)
    those who wrote; who reviewed or edited are no authors. An office before them (县农业农村局　陈　晨) is none."""
    before, *told = _ROLE.split("\n".join(lines))
    groups = [_without_office(split_names(part.split("\n"))) for part in (told[1::2] if told else [before])]
    if not all(map(are_names, groups)) or (told and before.strip()):
        return ()
    wrote = [group for role, group in zip(told[::2], groups, strict=False) if not _NO_AUTHORS.search(role)]
    return (wrote or groups)[0]


def _without_office(names: tuple[str, ...]) -> tuple[str, ...]:
    """Names less what stands before them and is too long for one, where surnames begin all of them."""
    office = len(names) > 1 and len(names[0]) > _LONGEST and "·" not in names[0]
    return names[1:] if office and all(map(is_name, names[1:])) else names


def is_signature(text: str) -> bool:
    """Whether a line without brackets is a byline: 撰稿：李　娜."""
    return bool(_WRITTEN_BY.match(text) and byline_names([text]))


def are_names(names: Iterable[str]) -> bool:
    """Whether these look like people: two to four characters (longer with ·), most beginning with a surname."""
    names = tuple(names)
    if not names or not all(_TOKEN.fullmatch(name) for name in names):
        return False
    chinese = [name for name in names if not name.isascii()]
    if any(len(name) < 2 or (len(name) > _LONGEST and "·" not in name) for name in chinese):
        return False
    return sum(name[0] in SURNAMES for name in chinese) * 2 >= len(chinese)


def is_name(name: str) -> bool:
    """Whether one token looks like a Chinese person's name."""
    return not name.isascii() and are_names((name,))
