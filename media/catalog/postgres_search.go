package catalog

import (
	"context"
	"strconv"
	"strings"
)

// The index of words knows no order: for the newest of its rows all have to be
// read and sorted, which a word that is in every tenth name makes slow. Reading
// by date and looking at each row is quick for such a word, and slow for a rare
// one, or for one that only old files have. The server's own choice is made by
// how often words are, as if they came evenly over time and one without regard
// to the other; 写真 and 春, or 2019, do not. So the newest rows are looked at
// first, and what is found there decides.
const (
	newest   = 1000   // rows that are looked at in any case
	often    = 10     // hits among them that make it worth while to go on by date
	furthest = 16_000 // rows that are looked at by date then
	onePage  = 5000   // rows that are read at a time, where all are wanted
)

// search reads page by page, so that a search that stops has cost a page, and
// no transaction is kept open meanwhile. A page begins behind the last row of
// the one before, whichever way that was found.
func (onServer) search(ctx context.Context, c *Catalog, a ask, yield func(Entry) error) error {
	s := &serverSearch{c: c, ask: a, yield: yield}
	if a.first > 0 {
		if err := s.soon(ctx); err != nil || s.done {
			return err
		}
	}
	for !s.done {
		n, err := s.page(ctx, s.byPlan(), onePage)
		if err != nil {
			return err
		}
		s.done = n < onePage
	}
	return nil
}

// serverSearch is a search under way: what it has not found yet lies below to.
type serverSearch struct {
	c *Catalog
	ask
	yield func(Entry) error
	done  bool // there is no more
}

// soon finds the first hits. yield ends it when there are enough: where not
// every row is a hit, nobody knows beforehand how many rows that takes.
func (s *serverSearch) soon(ctx context.Context) error {
	if len(s.tokens) == 0 {
		n, err := s.page(ctx, s.byPlan(), s.first)
		s.done = n < s.first
		return err
	}
	n, err := s.page(ctx, s.byDate(newest), s.first)
	for step := max(s.first-n, s.first/4); err == nil && n >= often; step *= 2 {
		var more int
		if more, err = s.page(ctx, s.byDate(furthest), step); more < step {
			break
		}
	}
	if err != nil {
		return err
	}
	sorted := s.first
	if s.check {
		sorted *= 10 // one more costs little, to sort them again much
	}
	n, err = s.page(ctx, s.byWord(), sorted)
	s.done = n < sorted
	return err
}

// statement is a query without its columns, order and limit.
type statement struct {
	from, order string
	args        []any
}

// mark takes an argument in and is its place in the query.
func (q *statement) mark(arg any) string {
	q.args = append(q.args, arg)
	return "$" + strconv.Itoa(len(q.args))
}

// ids is the condition on when a row is of.
func (a *ask) ids(q *statement) string {
	return `m.id BETWEEN ` + q.mark(a.from) + ` AND ` + q.mark(a.to)
}

// words is the condition on its words.
func (a *ask) words(q *statement) string {
	if len(a.tokens) == 0 {
		return `m.present`
	}
	quoted := make([]string, len(a.tokens))
	for i, t := range a.tokens {
		quoted[i] = `'` + lexeme(t) + `'`
	}
	return `m.words @@ (` + q.mark(strings.Join(quoted, " & ")) + `::text)::tsquery`
}

// byDate looks at so many rows, the newest. The inner limit keeps the server
// from any other way.
func (a *ask) byDate(rows int) *statement {
	q := &statement{order: `m.id`}
	q.from = `(SELECT * FROM media m WHERE m.present AND ` + a.ids(q) + ` ORDER BY m.id DESC LIMIT ` + q.mark(rows) + `) m WHERE ` + a.words(q)
	return q
}

// byWord is the way by the index of words: the order is one that no index has.
func (a *ask) byWord() *statement {
	q := a.byPlan()
	q.order = `m.id + 0`
	return q
}

// byPlan leaves the way to the server.
func (a *ask) byPlan() *statement {
	q := &statement{order: `m.id`}
	q.from = `media m WHERE ` + a.words(q) + ` AND ` + a.ids(q)
	return q
}

// page yields up to most rows and tells how many there were.
func (s *serverSearch) page(ctx context.Context, q *statement, most int) (int, error) {
	query := `SELECT ` + columns + ` FROM ` + q.from + ` ORDER BY ` + q.order + ` DESC LIMIT ` + q.mark(most)
	var page []Entry
	rows, err := s.c.db.QueryContext(ctx, query, q.args...)
	if err := collect(rows, err, func(e Entry) error { page = append(page, e); return nil }); err != nil {
		return 0, err
	}
	if len(page) > 0 {
		s.to = page[len(page)-1].id - 1
	}
	for _, e := range page {
		if err := ctx.Err(); err != nil {
			return 0, err
		}
		if err := s.yield(e); err != nil {
			return 0, err
		}
	}
	return len(page), nil
}

func (onServer) count(ctx context.Context, c *Catalog, a ask, most int) (n int, err error) {
	q := a.byPlan()
	query := `SELECT count(*) FROM (SELECT FROM ` + q.from + ` LIMIT ` + q.mark(most) + `) m`
	err = c.db.QueryRowContext(ctx, query, q.args...).Scan(&n)
	return n, err
}
