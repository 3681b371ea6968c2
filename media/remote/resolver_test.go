package remote

import (
	"context"
	"encoding/binary"
	"io"
	"net"
	"net/http"
	"net/netip"
	"sync/atomic"
	"testing"

	"golang.org/x/net/dns/dnsmessage"
)

// resolver looks names up with a server that answers with the addresses of
// answer, given how many questions for IPv4 came before.
func resolver(t *testing.T, answer func(n int32) [4]byte) *net.Resolver {
	var asked atomic.Int32
	return &net.Resolver{PreferGo: true, Dial: func(context.Context, string, string) (net.Conn, error) {
		here, there := net.Pipe()
		go func() {
			defer there.Close()
			for {
				var length [2]byte
				if _, err := io.ReadFull(there, length[:]); err != nil {
					return
				}
				question := make([]byte, binary.BigEndian.Uint16(length[:]))
				if _, err := io.ReadFull(there, question); err != nil {
					return
				}
				var m dnsmessage.Message
				if err := m.Unpack(question); err != nil {
					t.Error(err)
					return
				}
				m.Response, m.RecursionAvailable, m.Additionals = true, true, nil
				if q := m.Questions[0]; q.Type == dnsmessage.TypeA {
					m.Answers = []dnsmessage.Resource{{
						Header: dnsmessage.ResourceHeader{Name: q.Name, Type: q.Type, Class: q.Class},
						Body:   &dnsmessage.AResource{A: answer(asked.Add(1) - 1)},
					}}
				}
				reply, err := m.Pack()
				if err != nil {
					t.Error(err)
					return
				}
				if _, err := there.Write(binary.BigEndian.AppendUint16(nil, uint16(len(reply)))); err != nil {
					return
				}
				if _, err := there.Write(reply); err != nil {
					return
				}
			}
		}()
		return here, nil
	}}
}

// A name that is public whenever somebody looks first, and inside when the
// connection is made.
func TestNamesThatChangeTheirAnswer(t *testing.T) {
	reached := false
	s := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		reached = true
		_, _ = io.WriteString(w, "content")
	})
	port := netip.MustParseAddrPort(s.Listener.Addr().String()).Port()
	at := "http://rebind.example.com:" + itoa(int64(port)) + "/"

	first, then := [4]byte{127, 0, 0, 1}, [4]byte{127, 0, 0, 1}
	names := func(n int32) [4]byte {
		if n == 0 {
			return first
		}
		return then
	}
	// The test's policy stands for "public" for one address alone: the first
	// answer is let through, the second is not.
	public := netip.MustParseAddr("127.0.0.1")
	o := Options{Resolver: resolver(t, names), Permit: func(a netip.AddrPort) bool { return a.Addr() == public }}
	then = [4]byte{127, 0, 0, 2}
	c := client(t, o)
	body, _, err := get(t, c, at)
	if err != nil || body != "content" {
		t.Fatalf("%q, %v", body, err)
	}
	c.Close() // the next request connects anew
	reached = false
	_, _, err = get(t, c, at)
	if e := want(t, err, CodeAddress); e.Args["address"] != "127.0.0.2" || reached {
		t.Errorf("%+v, reached %v", e.Args, reached)
	}
}

func TestNamesThatLeadInside(t *testing.T) {
	for address, code := range map[[4]byte]string{
		{10, 0, 0, 5}: CodeAddress, {192, 168, 1, 1}: CodeAddress, {127, 0, 0, 1}: CodeAddress, {100, 64, 0, 1}: CodeAddress,
		{169, 254, 169, 254}: CodeForbidden, {0, 0, 0, 0}: CodeForbidden, {224, 0, 0, 1}: CodeForbidden,
	} {
		c := New(Options{AllowHTTP: true, Resolver: resolver(t, func(int32) [4]byte { return address })})
		_, _, err := get(t, c, "http://inside.example.com/")
		c.Close()
		want(t, err, code)
	}
}
