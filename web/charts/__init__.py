"""Charts as geometry: numbers in, positions and paths out; templates draw them as SVG.

The plot is a box of 1000 by 1000 units that the page stretches; everything in it is placed in
percent, so that letters keep their size on a phone. Coordinates are text, in no language's format.
"""
