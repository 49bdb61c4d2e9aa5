"""Small Piper voices of our own, computed from Debian's voices without training.

A *teacher* (a parametric voice of festival or flite) speaks made-up sentences and hands back the
parameters it would make sound of: mel-cepstra, pitch and durations, frame by frame. Every phone is
then explained as a mean plus what its left neighbour, its right neighbour and its stress change
(``tables``). The network looks these tables up, lays the frames out in time and runs a
source-filter vocoder: standard ONNX operators that Piper's library runs like any voice of its own.
"""
