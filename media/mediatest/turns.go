package mediatest

import (
	"testing"

	"github.com/mediadock/mediadock/media"
)

// Turns lets the operations of several processes happen one at a time, in an
// order of its own. Orders goes through all of them.
type Turns struct {
	asks chan ask
	// plan are the choices to make, path those that were made: which of the
	// processes that wait goes next, and of how many.
	plan []int
	path []choice
	// Log are the processes in the order in which they went.
	Log []int
}

type ask struct {
	who   int
	grant chan struct{} // nil: it has ended
}

type choice struct{ at, of int }

// Client is the client of one process, which makes one request at a time.
func (u *Turns) Client(t testing.TB, e Endpoint, who int) media.API {
	return between(t, e, func(next func() (any, error)) (any, error) {
		grant := make(chan struct{})
		u.asks <- ask{who, grant}
		<-grant
		return next()
	})
}

// Run runs the processes to their ends.
func (u *Turns) Run(processes ...func()) {
	for who, f := range processes {
		go func() {
			f()
			u.asks <- ask{who: who}
		}()
	}
	waiting := make([]chan struct{}, len(processes))
	for running := len(processes); running > 0; {
		a := <-u.asks // of those that wait for no turn
		waiting[a.who] = a.grant
		if a.grant == nil {
			running--
		}
		var ready []int
		for who, grant := range waiting {
			if grant != nil {
				ready = append(ready, who)
			}
		}
		if len(ready) < running || running == 0 {
			continue // somebody is on the way to his next request
		}
		who := ready[u.choose(len(ready))]
		u.Log = append(u.Log, who)
		close(waiting[who])
		waiting[who] = nil
	}
}

func (u *Turns) choose(of int) int {
	n := len(u.path)
	at := 0
	if n < len(u.plan) {
		at = u.plan[n]
	}
	u.path = append(u.path, choice{at, of})
	return at
}

// Orders calls f with every order there is, and gives back their number.
func Orders(f func(u *Turns)) int {
	var plan []int
	for n := 1; ; n++ {
		u := &Turns{asks: make(chan ask), plan: plan}
		f(u)
		last := len(u.path) - 1
		for last >= 0 && u.path[last].at+1 == u.path[last].of {
			last--
		}
		if last < 0 {
			return n
		}
		plan = plan[:0]
		for _, c := range u.path[:last] {
			plan = append(plan, c.at)
		}
		plan = append(plan, u.path[last].at+1)
	}
}
