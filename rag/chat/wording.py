"""What the chat page says, in the reader's two languages."""

from __future__ import annotations

from typing import Final

import gradio as gr

from rag.types import Kind, Language

WORDS: Final[dict[Language, dict[str, str]]] = {
    "zh": {
        "title": "年鉴问答",
        "heading": "# 年鉴问答\n用中文或英文提问。每句话都注明出处，年鉴没写的就说没写。",
        "other_language": "English",
        "tab_ask": "提问",
        "tab_sources": "出处",
        "tab_document": "原文",
        "conversation": "对话",
        "question": "问题",
        "placeholder": "请输入问题，按回车发送",
        "send": "发送",
        "stop": "停止",
        "new_chat": "新对话",
        "earlier_chats": "以前的对话",
        "export": "导出",
        "remark": "哪里好、哪里不对？（可以不填）",
        "thanks": "谢谢，已经记下。",
        "not_noted": "没能记下来；原因已记在服务器的终端里。",
        "understood": "理解为",
        "leave_out": "去掉“{part}”再问",
        "put_back": "恢复“{part}”再问",
        "sources_name": "出处",
        "sources_empty": "回答所依据的条目和表格会列在这里，并标出引用的原句。",
        "sources_none": "这个问题没有可以引用的出处。",
        "sources_nearest": "没有可以引用的出处。下面是最接近的记载：",
        "more_sources": "还有{n}处",
        "open": "查看原文",
        "document_empty": "在出处里点“查看原文”，这里会打开原文的那一处。",
        "document_gone": "这份原文现在打不开：文件可能已经移走或更换。",
        "elsewhere": "另一处",
        "earlier": "上文：{question}",
        "more": "全文",
        "less": "收起",
        "by": "撰稿：{names}",
        "line": "第{first}行",
        "lines": "第{first}–{last}行",
        "page": "第{first}页",
        "pages": "第{first}–{last}页",
        "and": "、",
        "repaired": "由分开的几处拼合",
        "tab_uploads": "我的文件",
        "upload": "上传文件",
        "about_own": "上传自己的年鉴，就能和服务器上的年鉴一起提问。可用TXT、PDF、Word（.docx）、Markdown和HTML；"
        "每个不超过{mb} MB，最多{files}个。这些文件只有你的这个浏览器能用；{days}天不用就会从服务器上删除。",
        "about_shared": "上传自己的年鉴，就能和服务器上的年鉴一起提问。可用TXT、PDF、Word（.docx）、Markdown和HTML；"
        "每个不超过{mb} MB，一共最多{files}个。<strong>"
        "这台服务器设为共享：每个人都能看到、提问和移除上传的文件。</strong>{days}天没有人用就会删除。",
        "asked_sources": "向哪些来源提问",
        "asked_sources_info": "勾选的来源都会查到，从下一个问题起生效。",
        "own": "{name}（上传）",
        "books_empty": "还没有上传文件。",
        "reading": "读取 {done} / {total} kB",
        "embedding": "嵌入 {done} / {total} 段",
        "seconds_left": "，约剩 {n} 秒",
        "minutes_left": "，约剩 {n} 分钟",
        "added": "“{name}”可以提问了。",
        "removed": "“{name}”已移除。",
        "remove": "移除",
        "remove_file": "移除 {name}",
        "choose_one": "至少要勾选一个来源。",
        "none_lost": "共{all}字，每个字都有归属",
        "some_lost": "共{all}字，其中{n}字归属不明",
        "put_together": "{n}处由分开的部分拼合",
        "doubts": "{n}处存疑",
        "refused_kind": "“{name}”不是能读的文件类型；可用TXT、PDF、Word（.docx）、Markdown和HTML。",
        "refused_size": "“{name}”太大；请上传不超过{mb} MB的文件，或先拆分。",
        "refused_count": "“{name}”没有收下：最多放{files}个文件，请先移除一些。",
        "refused_twice": "“{name}”已经上传过了。",
        "refused_unreadable": "“{name}”读不出内容：它可能是空的、损坏的、有密码的，或是没有文字的扫描件。"
        "请换一份再试。",
        "refused_long": "“{name}”的文字太多，没法一次处理；请拆分后再上传。",
        "refused_error": "“{name}”没能处理，原因已记在服务器的终端里。请再试一次。",
        "starting": "正在启动，马上就好……",
        "working": "正在准备年鉴：{done} / {total}……",
        "failed": "没能准备好年鉴，服务器的终端里写明了原因。",
        "bad_question": "这个问题没法回答：它可能太长，或者没有文字。请换一个短一些的问法。",
        "error": "出了点问题，没能得到答案。请再试一次；原因已记在服务器的终端里。",
    },
    "en": {
        "title": "Yearbook Q&A",
        "heading": "# Yearbook Q&A\nAsk in Chinese or English. Every claim is cited; nothing is made up.",
        "other_language": "中文",
        "tab_ask": "Ask",
        "tab_sources": "Sources",
        "tab_document": "Document",
        "conversation": "Conversation",
        "question": "Question",
        "placeholder": "Type a question and press Enter",
        "send": "Send",
        "stop": "Stop",
        "new_chat": "New chat",
        "earlier_chats": "Earlier chats",
        "export": "Export",
        "remark": "What was good, or wrong? (optional)",
        "thanks": "Thank you, noted.",
        "not_noted": "This could not be noted; the server's terminal says why.",
        "understood": "Understood as",
        "leave_out": "Ask again without “{part}”",
        "put_back": "Ask again with “{part}”",
        "sources_name": "Sources",
        "sources_empty": "The entries and tables an answer rests on appear here, with the quoted sentences marked.",
        "sources_none": "There is no source to cite for this question.",
        "sources_nearest": "There is no source to cite. What stands nearest:",
        "more_sources": "{n} more",
        "open": "Show in the document",
        "document_empty": "“Show in the document” on a source opens the document here, at that place.",
        "document_gone": "The document can't be opened now: the file may have been moved or replaced.",
        "elsewhere": "elsewhere",
        "earlier": "Earlier: {question}",
        "more": "Full text",
        "less": "Fold",
        "by": "by {names}",
        "line": "line {first}",
        "lines": "lines {first}–{last}",
        "page": "page {first}",
        "pages": "pages {first}–{last}",
        "and": ", ",
        "repaired": "put together from separate places",
        "tab_uploads": "My files",
        "upload": "Upload files",
        "about_own": "Upload a yearbook of your own and ask it together with the server's. It takes text, PDF, Word "
        "(.docx), Markdown and HTML, up to {mb} MB each, {files} at most. Only this browser of yours can use these "
        "files; after {days} days without use they are deleted from the server.",
        "about_shared": "Upload a yearbook of your own and ask it together with the server's. It takes text, PDF, Word "
        "(.docx), Markdown and HTML, up to {mb} MB each, {files} at most in all. <strong>This server shares: everyone "
        "can see, ask and remove uploaded files.</strong> After {days} days without use they are deleted.",
        "asked_sources": "Sources to ask",
        "asked_sources_info": "Every ticked source is searched, from the next question on.",
        "own": "{name} (uploaded)",
        "books_empty": "No file has been uploaded yet.",
        "reading": "reading {done} of {total} kB",
        "embedding": "embedding {done} of {total} passages",
        "seconds_left": ", about {n} s left",
        "minutes_left": ", about {n} min left",
        "added": "“{name}” can be asked now.",
        "removed": "“{name}” is removed.",
        "remove": "Remove",
        "remove_file": "Remove {name}",
        "choose_one": "At least one source has to stay ticked.",
        "none_lost": "{all} characters, every one accounted for",
        "some_lost": "{all} characters, {n} of them not accounted for",
        "put_together": "{n} put together from separate places",
        "doubts": "doubts: {n}",
        "refused_kind": "“{name}” is no kind of file that can be read; please upload text, PDF, Word (.docx), "
        "Markdown or HTML.",
        "refused_size": "“{name}” is too large; please upload files up to {mb} MB, or split it first.",
        "refused_count": "“{name}” was not taken: there is room for {files} files; please remove some first.",
        "refused_twice": "“{name}” has been uploaded already.",
        "refused_unreadable": "“{name}” can't be read: it may be empty, damaged, locked with a password, or a scan "
        "without text. Please try another copy.",
        "refused_long": "“{name}” holds too much text to take in at once; please split it.",
        "refused_error": "“{name}” could not be taken in; the server's terminal says why. Please try again.",
        "starting": "Starting, one moment…",
        "working": "Preparing the yearbook: {done} of {total}…",
        "failed": "The yearbook could not be prepared; the server's terminal says why.",
        "bad_question": "This can't be answered: it may be too long or hold no words. Please ask in a shorter way.",
        "error": "Something went wrong and there is no answer. Please try again; the server's terminal says why.",
    },
}

KINDS: Final[dict[Language, dict[Kind, str]]] = {
    "zh": {"entry": "条目", "overview": "综述", "row": "表格", "fragment": "残篇"},
    "en": {"entry": "entry", "overview": "overview", "row": "table row", "fragment": "fragment"},
}

COUNTED: Final[dict[Language, dict[Kind, str]]] = {
    "zh": {"entry": "条目{n}条", "overview": "综述{n}段", "row": "表格{n}行", "fragment": "残篇{n}段"},
    "en": {
        "entry": "entries: {n}",
        "overview": "overview paragraphs: {n}",
        "row": "table rows: {n}",
        "fragment": "fragments: {n}",
    },
}
"""How many units of a kind there are."""


KINDS_OF_PART: Final[dict[Language, dict[str, str]]] = {
    "zh": {"people": "人物 {}", "authors": "署名 {}", "section": "分目 {}", "unknown": "未见 {}"},
    "en": {"people": "person {}", "authors": "byline {}", "section": "section {}", "unknown": "not found {}"},
}
"""How a part of a question is named; the others are said as they are."""

THINGS: Final[dict[Language, dict[str, str]]] = {
    "zh": {
        "met": "会见",
        "wrote": "致信",
        "attended": "出席",
        "spoke": "致辞",
        "donated": "捐赠",
        "signed": "签署",
        "organised": "主办",
        "trained": "培训",
        "issued": "发布",
        "firm": "企业",
        "envoy": "使节",
        "country": "国家",
        "city": "城市",
        "organisation": "机构",
        "event": "活动",
        "leader": "市领导",
        "person": "人士",
    },
    "en": {"envoy": "ambassador or diplomat", "leader": "city leader", "person": "people"},
}
"""Relations and kinds of things of rag.relations in words; in English most go by their own name."""

I18N = gr.I18n(**{"en": WORDS["en"], "zh": WORDS["zh"], "zh-CN": WORDS["zh"], "zh-TW": WORDS["zh"]})
"""The same words for Gradio's own parts, which pick the language in the browser: `gr.Button(I18N("send"))`."""


def reader_language(accept_language: str | None) -> Language:
    """The page's language for a browser's Accept-Language header: Chinese where its first choice is Chinese."""
    return "zh" if (accept_language or "").strip().lower().startswith("zh") else "en"


def language_of(request: gr.Request) -> Language:
    """The language of whoever an event comes from (see languages.py for the one that they chose)."""
    return reader_language(request.headers.get("accept-language"))
