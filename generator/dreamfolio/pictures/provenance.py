"""Provenance: what a dreamed picture was made from and by, carried inside its own file.

PNG holds it as iTXt chunks; JPEG, WebP and TIFF as an XMP packet. Under the key ``dreamfolio``
stands one JSON object for programs; the standard fields for the software and the description
say it to people.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from dreamfolio import __version__
from dreamfolio.pictures.decode import header

KEY = "dreamfolio"
SOFTWARE = f"dreamfolio {__version__}"

_MOST_BYTES = 1_000_000
_NAMESPACE = "urn:dreamfolio:provenance:1.0/"
_PACKET = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about=""
    xmlns:dc="http://purl.org/dc/elements/1.1/"
    xmlns:xmp="http://ns.adobe.com/xap/1.0/"
    xmlns:dreamfolio="{namespace}">
   <xmp:CreatorTool>{software}</xmp:CreatorTool>
   <dc:description>
    <rdf:Alt><rdf:li xml:lang="x-default">{description}</rdf:li></rdf:Alt>
   </dc:description>
   <dreamfolio:provenance>{provenance}</dreamfolio:provenance>
  </rdf:Description>
 </rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>"""


def as_json(provenance: Mapping[str, Any]) -> str:
    """``provenance`` as JSON of one line; equal ones give equal text."""
    # In ASCII, so that a name of whatever bytes fits into every format.
    return json.dumps(dict(provenance), sort_keys=True)


def description(provenance: Mapping[str, Any]) -> str:
    """One sentence for people: ``A dream by dreamfolio (layers: mixed3, network: …).``

    Of what is a mapping only the layers are told, by their names; all else is in the JSON.
    """
    plain = {name: value for name, value in provenance.items() if not isinstance(value, Mapping)}
    if isinstance(layers := provenance.get("layers"), Mapping):
        plain["layers"] = " + ".join(map(str, layers))
    told = ", ".join(
        f"{name}: {value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)}"
        for name, value in sorted(plain.items())
    )
    told = "".join(character if character.isprintable() else "?" for character in told)
    return f"A dream by dreamfolio ({told})." if told else "A dream by dreamfolio."


def xmp_packet(provenance: Mapping[str, Any]) -> bytes:
    """An XMP packet that holds ``provenance``, the software and the description."""
    from xml.sax.saxutils import escape

    return _PACKET.format(
        namespace=_NAMESPACE,
        software=escape(SOFTWARE),
        description=escape(description(provenance)),
        provenance=escape(as_json(provenance)),
    ).encode()


def read_provenance(path: Path) -> dict[str, Any] | None:
    """The provenance inside the picture at ``path``; None where it holds none, or a damaged one.

    Reads the header only. Raises ``PictureError`` where ``path`` is no readable picture.
    """
    told = header(path)
    text = told.get(KEY)
    if not isinstance(text, str):
        packet = told.get("xmp")
        text = _from_packet(packet) if isinstance(packet, bytes) else None
    if text is None:
        return None
    try:
        provenance = json.loads(text)
    except ValueError:
        return None
    return provenance if isinstance(provenance, dict) else None


def _from_packet(packet: bytes) -> str | None:
    from xml.etree import ElementTree

    # Taken apart, it needs a hundred times its size; what we write has some thousand bytes.
    if len(packet) > _MOST_BYTES:
        return None
    # An entity can make a small packet grow without end, and no XMP needs one.
    if re.search(rb"<!(DOCTYPE|ENTITY)", packet, re.IGNORECASE):
        return None
    try:
        root = ElementTree.fromstring(packet.strip(b"\0").decode("utf-8"))
    except (ElementTree.ParseError, ValueError):
        return None
    name = f"{{{_NAMESPACE}}}provenance"
    for element in root.iter():
        # A program that rewrites the packet may turn the element into an attribute.
        if element.tag == name:
            return element.text
        if name in element.attrib:
            return element.attrib[name]
    return None
