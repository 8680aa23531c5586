"""The page archive: what the boards answered, as received, one WARC file a run.

Contact details of people are on the pages and nowhere else in the product, so an archive is kept
for a while only (``personspec archive prune``).
"""

from crawler.archive.files import ArchiveName, find_archives
from crawler.archive.reader import ArchivedResponse, ArchiveReader, read_info
from crawler.archive.receipt import Receipt, receipt_of, stamp

__all__ = [
    "ArchiveName",
    "ArchiveReader",
    "ArchivedResponse",
    "Receipt",
    "find_archives",
    "read_info",
    "receipt_of",
    "stamp",
]
