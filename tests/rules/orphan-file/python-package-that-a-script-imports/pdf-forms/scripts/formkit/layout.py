from .glyphs import Kind
