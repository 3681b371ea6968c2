// Package media is the media library over a bucket: list, upload, download,
// rename, re-upload and delete, with a plan before every change and
// conditional writes throughout, so that nothing is lost or overwritten
// unasked.
//
// Everything works with the five actions that the documented role has (D8).
// No ACL, no tag and no Cache-Control header of its own is ever sent (M27, M46,
// D4, D9); what a moved object has goes with it.
//
// It knows nothing of terminals. Errors carry codes and arguments; words come
// from tui/text.
package media

import (
	"context"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"

	"github.com/mediadock/mediadock/media/address"
	"github.com/mediadock/mediadock/media/journal"
	"github.com/mediadock/mediadock/media/remote"
)

// API is what the library needs of S3. *s3.Client has it.
type API interface {
	ListObjectsV2(context.Context, *s3.ListObjectsV2Input, ...func(*s3.Options)) (*s3.ListObjectsV2Output, error)
	HeadObject(context.Context, *s3.HeadObjectInput, ...func(*s3.Options)) (*s3.HeadObjectOutput, error)
	GetObject(context.Context, *s3.GetObjectInput, ...func(*s3.Options)) (*s3.GetObjectOutput, error)
	PutObject(context.Context, *s3.PutObjectInput, ...func(*s3.Options)) (*s3.PutObjectOutput, error)
	CopyObject(context.Context, *s3.CopyObjectInput, ...func(*s3.Options)) (*s3.CopyObjectOutput, error)
	DeleteObject(context.Context, *s3.DeleteObjectInput, ...func(*s3.Options)) (*s3.DeleteObjectOutput, error)
	DeleteObjects(context.Context, *s3.DeleteObjectsInput, ...func(*s3.Options)) (*s3.DeleteObjectsOutput, error)
	CreateMultipartUpload(context.Context, *s3.CreateMultipartUploadInput, ...func(*s3.Options)) (*s3.CreateMultipartUploadOutput, error)
	UploadPart(context.Context, *s3.UploadPartInput, ...func(*s3.Options)) (*s3.UploadPartOutput, error)
	UploadPartCopy(context.Context, *s3.UploadPartCopyInput, ...func(*s3.Options)) (*s3.UploadPartCopyOutput, error)
	CompleteMultipartUpload(context.Context, *s3.CompleteMultipartUploadInput, ...func(*s3.Options)) (*s3.CompleteMultipartUploadOutput, error)
	AbortMultipartUpload(context.Context, *s3.AbortMultipartUploadInput, ...func(*s3.Options)) (*s3.AbortMultipartUploadOutput, error)
}

// Options say how the library behaves. The zero value is a library without
// stamps and with the default parallelism.
type Options struct {
	// FixFileNames refuses every rename (M35, M59, D1).
	FixFileNames bool
	// ReadOnly refuses everything that would write: the key that the library is
	// opened with is there to read alone.
	ReadOnly bool
	// Remote is how imports leave this computer, where they do not say it
	// themselves: proxy and certificate authorities.
	Remote remote.Options
	// Told, when not nil, is told every item event and the summary of every
	// operation that changes something, before the operation's own emit is.
	Told func(Event)
	// Journal is where renames are written down before they are done, so that
	// what is cut short is found by PlanRecover, and what is sent of large
	// uploads, so that they can go on; nil: nowhere.
	Journal *journal.Journal
	// Stamp returns the user metadata of a new object (see Stamp); nil: none.
	Stamp func() map[string]string
	// Parallel is how many requests run at once; 0 means DefaultParallel, and
	// that a large body counts for several.
	Parallel int
	// BytesPerSecond limits all uploads and downloads together; 0: no limit.
	BytesPerSecond int64
	// Privacy is asked what holds for uploads, re-uploads and imports that do
	// not say it themselves; nil: AskPrivate.
	Privacy func() Privacy
	// CacheControl, when not empty, is sent with every new object. Empty is
	// the documented behaviour (D9).
	CacheControl string
}

// DefaultParallel is how many requests run at once unless Options say
// otherwise. Small ones mostly wait for their answers, so it takes many until
// the line, or S3, is busy: eight would have files of 20 KiB wait eight times
// as long as the line needs for them where S3 is far.
const DefaultParallel = 32

const (
	// largeBody is from where a request fills the line by itself.
	largeBody = mebi
	// largeCounts is how many small requests one with a large body counts
	// for, unless Options say how many run at once: eight fill any line, and
	// more would only keep each other waiting.
	largeCounts = 4
	// fed is how many bytes a second each request with a large body is to get
	// where their rate is limited. A part of 8 MiB is through in four seconds
	// then: of parts that crawl side by side none is kept by a kill.
	fed = 2 * mebi
)

// largeUnder is how many slots a request with a large body takes where
// bytesPerSecond are all that may pass: as many run at once as are fed.
func largeUnder(bytesPerSecond int64, parallel int, large int64) int64 {
	if bytesPerSecond <= 0 {
		return large
	}
	atOnce := max(bytesPerSecond/fed, 1)
	return max(large, (int64(parallel)+atOnce-1)/atOnce)
}

// Library is the media of one space. It is safe for concurrent use.
type Library struct {
	api     API
	presign *s3.PresignClient
	space   address.Space
	o       Options
	// checksums tells that the client sends checksums of its own, which it
	// does on AWS but not on custom endpoints, where servers may refuse them.
	checksums bool
	// inOrder tells that listings are surely in the order of bytes, which AWS
	// promises and other servers need not keep.
	inOrder bool
	limit   *limiter
	// large is how many slots a request with a large body takes.
	large int64
	// Tests make these small.
	copyLimit, copyPart int64
	lookAgain           time.Duration
	lookTwice           int
	copyTrust           time.Duration
	settleTime          time.Duration
	claimLife           time.Duration
	environmentEvery    int64
	measureFrom         int64
	measureTime         time.Duration
	measureMost         int
	disk                disk
}

// New returns the library of a space. presign may be nil where no presigned
// URL is asked for.
func New(api API, presign *s3.PresignClient, space address.Space, o Options) *Library {
	large := int64(1)
	if o.Parallel <= 0 {
		o.Parallel, large = DefaultParallel, largeCounts
	}
	large = largeUnder(o.BytesPerSecond, o.Parallel, large)
	if o.Journal == nil {
		o.Journal = journal.New("", journal.Place{})
	}
	l := &Library{
		api: api, presign: presign, space: space, o: o, large: large,
		limit: newLimiter(o.BytesPerSecond), copyLimit: copyLimit, copyPart: copyPart, lookAgain: lookAgain, lookTwice: lookTwice,
		copyTrust: copyTrust, settleTime: settleTime, claimLife: claimLife, environmentEvery: environmentEvery,
		measureFrom: measureFrom, measureTime: measureTime, measureMost: measureMost, disk: realDisk,
	}
	if c, ok := api.(interface{ Options() s3.Options }); ok {
		l.checksums = c.Options().RequestChecksumCalculation == aws.RequestChecksumCalculationWhenSupported
	}
	l.inOrder = l.checksums && !strings.HasSuffix(space.Bucket, "--x-s3") // directory buckets have no order
	return l
}

// slots is how many of the Parallel a request with a body of n bytes takes.
func (l *Library) slots(n int64) int64 {
	if n < largeBody {
		return 1
	}
	return l.large
}

// Space is where the library's media live.
func (l *Library) Space() address.Space { return l.space }

// ReadOnly tells whether everything that would write is refused.
func (l *Library) ReadOnly() bool { return l.o.ReadOnly }

// mayWrite refuses to plan a change where nothing may be written.
func (l *Library) mayWrite(path string) error {
	if l.o.ReadOnly {
		return refuse(CodeReadOnly, path)
	}
	return nil
}

// FixedNames tells whether renaming is refused (M59).
func (l *Library) FixedNames() bool { return l.o.FixFileNames }

// URL is where people will find the file (M18, M28).
func (l *Library) URL(path string) string { return l.space.URL(l.space.Key(path)) }

// Item is a file or a folder. Path is relative to the space, exactly as the
// bucket has it; a folder's ends in a slash.
type Item struct {
	Path   string
	Key    string
	Folder bool
	Size   int64
	// Modified is when S3 stored it; zero for folders.
	Modified time.Time
	ETag     string // without quotes
	// ContentType, Metadata and the rest are known from Info only: a listing
	// does not tell them.
	ContentType        string
	Metadata           map[string]string
	CacheControl       string
	ContentDisposition string
	StorageClass       string // "STANDARD" where S3 says nothing
	Encryption         string // "AES256", "aws:kms", or empty
	VersionID          string
	uncopied           *uncopied // nil: not known
}

// Name is the last part of the path, without a folder's slash.
func (i Item) Name() string {
	p := strings.TrimSuffix(i.Path, "/")
	return p[strings.LastIndexByte(p, '/')+1:]
}

func (l *Library) itemOf(o types.Object, key string) Item {
	path, _ := l.space.Path(key)
	return Item{
		Path:         path,
		Key:          key,
		Size:         aws.ToInt64(o.Size),
		Modified:     aws.ToTime(o.LastModified),
		ETag:         bareETag(o.ETag),
		StorageClass: string(o.StorageClass),
	}
}

// bareETag takes the quotes off, which listings and answers to writes have.
func bareETag(e *string) string { return strings.Trim(aws.ToString(e), `"`) }
