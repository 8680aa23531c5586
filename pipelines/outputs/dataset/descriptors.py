"""Descriptors for programs: Data Package v2 and Croissant, made from the one schema."""

from pathlib import Path
from typing import Any

from personspec import __version__
from pipelines.outputs.dataset.release import TITLE, Release, write_json
from pipelines.outputs.dataset.schema import TABLES, Field, Kind, Table
from pipelines.outputs.dataset.shelf import file_hash

LICENCE = {
    "name": "OGL-UK-3.0",
    "title": "Open Government Licence v3.0",
    "path": "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
}

_FRICTIONLESS: dict[Kind, dict[str, str]] = {
    "text": {"type": "string"},
    "choice": {"type": "string"},
    "url": {"type": "string"},
    "boolean": {"type": "boolean"},
    "integer": {"type": "integer"},
    "number": {"type": "number"},
    "date": {"type": "date"},
    "time": {"type": "datetime", "format": "%Y-%m-%d %H:%M:%S.%fZ"},
}
_CROISSANT: dict[Kind, str] = {
    "text": "sc:Text",
    "choice": "sc:Text",
    "url": "sc:Text",
    "boolean": "sc:Boolean",
    "integer": "sc:Integer",
    "number": "sc:Float",
    "date": "sc:Date",
    "time": "sc:DateTime",
}


def write_descriptors(folder: Path, release: Release) -> None:
    """Write ``datapackage.json`` and ``croissant.json`` beside the tables of a release."""
    write_json(folder / "datapackage.json", data_package(folder, release))
    write_json(folder / "croissant.json", croissant(folder, release))


def data_package(folder: Path, release: Release) -> dict[str, Any]:
    """Return the Data Package (version 2): the CSV files as tables, the Parquet files as files."""
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "personspec-vacancies",
        "title": TITLE,
        "version": release.version,
        "created": release.published_at.isoformat(),
        "licenses": [LICENCE],
        "sources": [{"title": one.title} for one in release.sources],
        "resources": [
            *(_csv_resource(folder, table) for table in TABLES),
            *(_parquet_resource(folder, table) for table in TABLES),
        ],
    }


def _csv_resource(folder: Path, table: Table) -> dict[str, Any]:
    return {
        "name": table.name.replace("_", "-"),
        "type": "table",
        "description": table.meaning,
        **_file(folder / f"{table.name}.csv"),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": {
            "fields": [_package_field(field) for field in table.fields],
            "primaryKey": list(table.key),
            "foreignKeys": [
                {
                    "fields": list(one.fields),
                    "reference": {
                        "resource": one.table.replace("_", "-"),
                        "fields": list(one.fields),
                    },
                }
                for one in table.references
            ],
            "missingValues": [""],
        },
    }


def _parquet_resource(folder: Path, table: Table) -> dict[str, Any]:
    return {
        "name": f"{table.name.replace('_', '-')}-parquet",
        "type": "file",
        "description": f"The same rows as {table.name}.csv.",
        **_file(folder / f"{table.name}.parquet"),
        "format": "parquet",
        "mediatype": "application/vnd.apache.parquet",
    }


def _file(path: Path) -> dict[str, Any]:
    return {
        "path": path.name,
        "hash": f"sha256:{file_hash(path)}",
        "bytes": path.stat().st_size,
    }


def _package_field(field: Field) -> dict[str, Any]:
    described: dict[str, Any] = {
        "name": field.name,
        **_FRICTIONLESS[field.kind],
        "description": f"{field.meaning} Unit: {field.unit}." if field.unit else field.meaning,
    }
    constraints: dict[str, Any] = {} if field.nullable else {"required": True}
    if field.values:
        constraints["enum"] = list(field.values)
    if constraints:
        described["constraints"] = constraints
    if field.schema_org:
        described["rdfType"] = f"https://schema.org/{_last(field.schema_org)}"
    return described


def _last(name: str) -> str:
    return name.rpartition(".")[2]


_CONTEXT: dict[str, Any] = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "cr": "http://mlcommons.org/croissant/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "equivalentProperty": "cr:equivalentProperty",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract",
    "field": "cr:field",
    "fileProperty": "cr:fileProperty",
    "fileObject": "cr:fileObject",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "parentField": "cr:parentField",
    "path": "cr:path",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "samplingRate": "cr:samplingRate",
    "sc": "https://schema.org/",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}
"""The context that Croissant 1.0 asks for, as it is."""


def croissant(folder: Path, release: Release) -> dict[str, Any]:
    """Return the Croissant 1.0 description (JSON-LD) of the Parquet files."""
    return {
        "@context": _CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "name": "personspec-vacancies",
        "description": f"{TITLE}: criteria of person specifications tied to documented entry "
        "requirements, with history and measured quality.",
        "license": LICENCE["path"],
        "creator": {"@type": "sc:Organization", "name": "The personspec authors"},
        "citeAs": f"The personspec authors. {TITLE}, release {release.version}.",
        "version": _semantic(release.version),
        "datePublished": release.published_at.date().isoformat(),
        "isLiveDataset": False,
        "isBasedOn": [one.title for one in release.sources],
        "distribution": [_file_object(folder, table) for table in TABLES],
        "recordSet": [_record_set(table) for table in TABLES],
        "publisher": {"@type": "sc:Organization", "name": f"personspec {__version__}"},
    }


def _semantic(version: str) -> str:
    """Return a version in the three numbers Croissant asks for, e.g. 20261122.1.0."""
    day, _, number = version.partition(".")
    return f"{day.replace('-', '')}.{number}.0"


def _file_object(folder: Path, table: Table) -> dict[str, Any]:
    path = folder / f"{table.name}.parquet"
    return {
        "@type": "cr:FileObject",
        "@id": path.name,
        "name": path.name,
        "contentUrl": path.name,
        "contentSize": f"{path.stat().st_size} B",
        "encodingFormat": "application/x-parquet",
        "sha256": file_hash(path),
    }


def _record_set(table: Table) -> dict[str, Any]:
    return {
        "@type": "cr:RecordSet",
        "@id": table.name,
        "name": table.name,
        "description": table.meaning,
        "key": [{"@id": f"{table.name}/{name}"} for name in table.key],
        "field": [_croissant_field(table, field) for field in table.fields],
    }


def _croissant_field(table: Table, field: Field) -> dict[str, Any]:
    described: dict[str, Any] = {
        "@type": "cr:Field",
        "@id": f"{table.name}/{field.name}",
        "name": f"{table.name}/{field.name}",
        "description": field.meaning,
        "dataType": _CROISSANT[field.kind],
        "source": {
            "fileObject": {"@id": f"{table.name}.parquet"},
            "extract": {"column": field.name},
        },
    }
    if field.schema_org:
        described["equivalentProperty"] = f"https://schema.org/{_last(field.schema_org)}"
    target = next((one.table for one in table.references if one.fields == (field.name,)), None)
    if target:
        described["references"] = {"field": {"@id": f"{target}/{field.name}"}}
    return described
