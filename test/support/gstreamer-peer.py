# Owns a WHIP publisher and a WHEP viewer on GStreamer's webrtcbin: a client that shares no line with browsers or with this server.
# usage: gstreamer-peer.py whip|whep URL [TOKEN]. Prints one JSON object a line; ends with its standard input.
import json
import sys
import threading
import urllib.request

import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstWebRTC", "1.0")
gi.require_version("GstSdp", "1.0")
from gi.repository import GLib, Gst, GstSdp, GstWebRTC

SEND = """webrtcbin name=rtc bundle-policy=max-bundle
  videotestsrc is-live=true ! video/x-raw,width=320,height=240,framerate=25/1 ! x264enc tune=zerolatency key-int-max=25 bitrate=300
    ! video/x-h264,profile=constrained-baseline ! h264parse ! rtph264pay pt=96 config-interval=-1 ! application/x-rtp,media=video,encoding-name=H264,payload=96 ! rtc.
  audiotestsrc is-live=true wave=ticks ! audioconvert ! audioresample ! opusenc ! rtpopuspay pt=97
    ! application/x-rtp,media=audio,encoding-name=OPUS,payload=97 ! rtc."""
RECEIVE = "webrtcbin name=rtc bundle-policy=max-bundle"
WANTED = [
    "application/x-rtp,media=video,encoding-name=H264,payload=98,clock-rate=90000,packetization-mode=(string)1,profile-level-id=(string)42e01f",
    "application/x-rtp,media=audio,encoding-name=OPUS,payload=99,clock-rate=48000,encoding-params=(string)2",
]


def say(**what):
    print(json.dumps(what), flush=True)


class Peer:
    def __init__(self, mode, url, token):
        self.url, self.token, self.offered = url, token, False
        self.counts = {"video": 0, "audio": 0}
        self.pipeline = Gst.parse_launch(SEND) if mode == "whip" else Gst.Pipeline.new()
        if mode == "whep":
            self.pipeline.add(Gst.parse_launch(RECEIVE))
        self.rtc = self.pipeline.get_by_name("rtc")
        self.rtc.connect("notify::ice-gathering-state", lambda *_: self.post_when_gathered())
        self.rtc.connect("notify::connection-state", lambda rtc, _: say(connection=rtc.get_property("connection-state").value_nick))
        self.rtc.connect("pad-added", self.take)
        if mode == "whep":
            for caps in WANTED:
                self.rtc.emit("add-transceiver", GstWebRTC.WebRTCRTPTransceiverDirection.RECVONLY, Gst.Caps.from_string(caps))
        self.rtc.connect("on-negotiation-needed", lambda _: self.offer())
        self.pipeline.set_state(Gst.State.PLAYING)

    def offer(self):
        def made(promise, *_):
            # The description belongs to the reply, which Python would free too soon.
            reply = promise.get_reply()
            self.rtc.emit("set-local-description", reply.get_value("offer"), Gst.Promise.new())
            GLib.timeout_add(100, self.post_when_gathered)

        self.rtc.emit("create-offer", None, Gst.Promise.new_with_change_func(made, None))

    def post_when_gathered(self):
        description = self.rtc.get_property("local-description")
        gathered = self.rtc.get_property("ice-gathering-state") == GstWebRTC.WebRTCICEGatheringState.COMPLETE
        if self.offered or not gathered or description is None:
            return not self.offered
        self.offered = True
        threading.Thread(target=self.post, args=(description.sdp.as_text(),), daemon=True).start()
        return False

    def post(self, sdp):
        headers = {"Content-Type": "application/sdp"}
        if self.token:
            headers["Authorization"] = "Bearer " + self.token
        try:
            with urllib.request.urlopen(urllib.request.Request(self.url, sdp.encode(), headers)) as response:
                answer = response.read()
                say(status=response.status, location=response.headers["Location"])
        except urllib.error.HTTPError as error:
            return say(status=error.code, body=error.read().decode(), offer=sdp)
        _, message = GstSdp.SDPMessage.new()
        GstSdp.sdp_message_parse_buffer(answer, message)
        description = GstWebRTC.WebRTCSessionDescription.new(GstWebRTC.WebRTCSDPType.ANSWER, message)
        self.rtc.emit("set-remote-description", description, Gst.Promise.new())

    def take(self, _, pad):
        if pad.get_direction() != Gst.PadDirection.SRC:
            return
        sink = Gst.ElementFactory.make("fakesink")
        sink.set_property("sync", False)
        sink.set_property("signal-handoffs", True)
        kind = pad.get_current_caps().get_structure(0).get_string("media")
        sink.connect("handoff", lambda *_: self.count(kind))
        self.pipeline.add(sink)
        sink.sync_state_with_parent()
        pad.link(sink.get_static_pad("sink"))

    def count(self, kind):
        self.counts[kind] += 1
        if self.counts[kind] % 50 == 0:
            say(packets=dict(self.counts))


Gst.init(None)
peer = Peer(sys.argv[1], sys.argv[2], sys.argv[3] if len(sys.argv) > 3 else None)
loop = GLib.MainLoop()
threading.Thread(target=lambda: (sys.stdin.read(), loop.quit()), daemon=True).start()
loop.run()
peer.pipeline.set_state(Gst.State.NULL)
