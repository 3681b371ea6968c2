package catalog

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"net"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
)

// IsServer tells whether a catalogue is on a PostgreSQL server: the URL of one
// is given in place of a file.
func IsServer(where string) bool {
	scheme, _, ok := strings.Cut(where, "://")
	return ok && (strings.EqualFold(scheme, "postgres") || strings.EqualFold(scheme, "postgresql"))
}

// schema is where the tables are unless the URL's search_path says otherwise:
// the database may hold other people's tables.
const schema = "mediadock"

// How long is waited for a server that does not answer.
const (
	connectTime   = 5 * time.Second
	statementTime = time.Minute
	lockTime      = 15 * time.Second
)

// mostConnections is how many one process holds at most.
const mostConnections = 4

func openServer(ctx context.Context, where string) (*Catalog, error) {
	config, err := serverConfig(where)
	if err != nil {
		return nil, &ServerError{Code: CodeURL, Server: "", Err: errHidden}
	}
	on := onServer{server: net.JoinHostPort(config.Host, strconv.Itoa(int(config.Port))) + "/" + config.Database}
	db := stdlib.OpenDB(*config)
	db.SetMaxOpenConns(mostConnections)
	db.SetConnMaxIdleTime(time.Minute)
	c := &Catalog{db: db, engine: on}
	err = on.makeSchema(ctx, db, config.RuntimeParams["search_path"])
	if err == nil {
		err = c.migrate(ctx)
	}
	if err != nil {
		db.Close()
		return nil, on.failure(err)
	}
	return c, nil
}

// serverConfig reads the URL. Where it does not say how to encrypt, connections
// that leave this computer are encrypted or not made: the driver's own default
// would go on in plain text.
func serverConfig(where string) (*pgx.ConnConfig, error) {
	config, err := pgx.ParseConfig(withTLS(where))
	if err != nil {
		return nil, err
	}
	if config.ConnectTimeout == 0 {
		config.ConnectTimeout = connectTime
	}
	dialer := &net.Dialer{KeepAliveConfig: net.KeepAliveConfig{Enable: true, Idle: 10 * time.Second, Interval: 5 * time.Second, Count: 3}}
	config.DialFunc = dialer.DialContext
	defaults := map[string]string{
		"application_name":                    "mediadock",
		"search_path":                         schema,
		"statement_timeout":                   strconv.FormatInt(statementTime.Milliseconds(), 10),
		"lock_timeout":                        strconv.FormatInt(lockTime.Milliseconds(), 10),
		"idle_in_transaction_session_timeout": strconv.FormatInt(statementTime.Milliseconds(), 10),
		// A plan that fits every word fits none: some are in all names.
		"plan_cache_mode": "force_custom_plan",
		"jit":             "off",
	}
	for name, value := range defaults {
		if _, given := config.RuntimeParams[name]; !given {
			config.RuntimeParams[name] = value
		}
	}
	return config, nil
}

// makeSchema makes the tables' schema where there is none.
func (onServer) makeSchema(ctx context.Context, db *sql.DB, path string) error {
	if path != schema {
		return nil // somebody else's choice, and there it is
	}
	var there bool
	if err := db.QueryRowContext(ctx, `SELECT EXISTS (SELECT FROM pg_namespace WHERE nspname = $1)`, schema).Scan(&there); err != nil || there {
		return err
	}
	_, err := db.ExecContext(ctx, `CREATE SCHEMA IF NOT EXISTS `+schema)
	if codeOf(err) == "23505" { // another process made it at the same time
		return nil
	}
	return err
}

// onServer is PostgreSQL.
type onServer struct {
	server string // host:port/database
}

func (onServer) name() string { return "postgres" }

// lockID is that of goose's session lock while mediadock's tables are made.
const lockID = 6_734_263_401

func (onServer) migration() (goose.Dialect, []goose.ProviderOption) {
	locker, err := lock.NewPostgresSessionLocker(lock.WithLockID(lockID), lock.WithLockTimeout(1, 30))
	if err != nil {
		return goose.DialectPostgres, nil
	}
	return goose.DialectPostgres, []goose.ProviderOption{goose.WithSessionLocker(locker)}
}

// rebind numbers the arguments.
func (onServer) rebind(query string) string {
	var b strings.Builder
	n := 0
	for part := range strings.SplitSeq(query, "?") {
		if n > 0 {
			b.WriteString("$" + strconv.Itoa(n))
		}
		b.WriteString(part)
		n++
	}
	return b.String()
}

func (onServer) path(p string) any { return []byte(p) }

// lock makes writers of a place wait for one another: what is read before it is
// changed stays as it is until then, and no id is given out twice.
func (onServer) lock(ctx context.Context, tx *sql.Tx, place int64) error {
	_, err := tx.ExecContext(ctx, `SELECT FROM places WHERE id = $1 FOR UPDATE`, place)
	return err
}

func (onServer) highest(ctx context.Context, tx *sql.Tx, firsts []int64) (map[int64]int64, error) {
	rows, err := tx.QueryContext(ctx, `SELECT s.first, h.id FROM unnest($1::bigint[]) s(first)
		CROSS JOIN LATERAL (SELECT m.id FROM media m WHERE m.id BETWEEN s.first AND s.first + $2::bigint ORDER BY m.id DESC LIMIT 1) h`,
		firsts, int64(1<<numberBits-1))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	used := map[int64]int64{}
	for rows.Next() {
		var first, id int64
		if err := rows.Scan(&first, &id); err != nil {
			return nil, err
		}
		used[first] = id
	}
	return used, rows.Err()
}

// settle makes the server count the words, which tells it whether a search is
// quicker by word or by date; it would do so by itself, but later. Who does not
// own the table may not.
func (onServer) settle(ctx context.Context, db *sql.DB) {
	_, _ = db.ExecContext(ctx, `ANALYZE media`)
}

func (onServer) flush(ctx context.Context, tx *sql.Tx, place int64, f flush) error {
	if len(f.gone) > 0 {
		gone := make([]int64, len(f.gone))
		for i, e := range f.gone {
			gone[i] = e.id
		}
		if _, err := tx.ExecContext(ctx, `DELETE FROM media WHERE id = ANY ($1::bigint[])`, gone); err != nil {
			return err
		}
	}
	n := len(f.changed)
	if n == 0 {
		return nil
	}
	var (
		ids, sizes, modified, edited, gone        = make([]int64, n), make([]int64, n), make([]int64, n), make([]int64, n), make([]int64, n)
		paths                                     = make([][]byte, n)
		etags, alts, tags, creators, owns, marked = make([]string, n), make([]string, n), make([]string, n), make([]string, n), make([]string, n), make([]string, n)
		present                                   = make([]bool, n)
		words                                     = make([]*string, n)
		private, decided                          = make([]string, n), make([]int64, n)
	)
	for i, r := range f.changed {
		e := r.now
		ids[i], sizes[i], modified[i], edited[i], gone[i] = e.id, e.Size, millis(e.Modified), millis(e.Edited), e.gone
		paths[i], present[i] = []byte(e.Path), e.Present
		etags[i], alts[i], tags[i], creators[i], owns[i], marked[i] = e.ETag, e.Alt, strings.Join(e.Tags, "\n"), e.Creator, e.Own, e.AltMark
		private[i], decided[i] = e.Private.columns()
		if e.Present {
			w := lexemes(e.words())
			words[i] = &w
		}
	}
	_, err := tx.ExecContext(ctx, `INSERT INTO media (id, place, path, size, modified, etag, present, alt, tags, creator, edited, own, gone, words, alt_mark, privacy, privacy_at)
		SELECT n.id, $1::bigint, n.path, n.size, n.modified, n.etag, n.present, n.alt, n.tags, n.creator, n.edited, n.own, n.gone,
			array_to_tsvector(string_to_array(n.words, ' ')), n.alt_mark, n.privacy, n.privacy_at
		FROM unnest($2::bigint[], $3::bytea[], $4::bigint[], $5::bigint[], $6::text[], $7::boolean[], $8::text[], $9::text[], $10::text[],
			$11::bigint[], $12::text[], $13::bigint[], $14::text[], $15::text[], $16::text[], $17::bigint[])
			AS n(id, path, size, modified, etag, present, alt, tags, creator, edited, own, gone, words, alt_mark, privacy, privacy_at)
		ON CONFLICT (place, path) DO UPDATE SET id = excluded.id, size = excluded.size, modified = excluded.modified, etag = excluded.etag,
			present = excluded.present, alt = excluded.alt, tags = excluded.tags, creator = excluded.creator, edited = excluded.edited,
			own = excluded.own, gone = excluded.gone, words = excluded.words, alt_mark = excluded.alt_mark,
			privacy = excluded.privacy, privacy_at = excluded.privacy_at`,
		place, ids, paths, sizes, modified, etags, present, alts, tags, creators, edited, owns, gone, words, marked, private, decided)
	return err
}

// Limits of a tsvector: a word's bytes, and all of them together.
const (
	mostWord  = 1000
	mostWords = 500_000
)

// lexemes are the words of a row as an array's text. What is over the limits
// of PostgreSQL is cut off.
func lexemes(words string) string {
	var b strings.Builder
	for w := range strings.FieldsSeq(words) {
		if b.Len() > mostWords {
			break
		}
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(lexeme(w))
	}
	return b.String()
}

// lexeme is a word that fits. Long ones are those of tags and creators.
func lexeme(word string) string {
	if len(word) <= mostWord {
		return word
	}
	sum := sha256.Sum256([]byte(word))
	return filterMark + "h" + hex.EncodeToString(sum[:])
}
