"""What is made of a release: PDF, DOCX, plain text for messengers and mail, data for search engines."""

from press.documents.docx import docx_of
from press.documents.pdf import pdf_of
from press.documents.plain import plain_text
from press.documents.structured import messenger_text, news_article, summary

__all__ = ["docx_of", "messenger_text", "news_article", "pdf_of", "plain_text", "summary"]
