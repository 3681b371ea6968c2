package main

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"golang.org/x/sync/errgroup"
)

func client(ctx context.Context) (*s3.Client, error) {
	cfg, err := config.LoadDefaultConfig(ctx)
	if err != nil {
		return nil, err
	}
	return s3.NewFromConfig(cfg, func(o *s3.Options) { o.UsePathStyle = true }), nil
}

// seed stores objects, of one byte unless told, with names as cameras give them, all in one folder, or so many in each of a year's.
func seed(a []string) error {
	ctx := context.Background()
	c, err := client(ctx)
	if err != nil {
		return err
	}
	n, err := strconv.Atoi(a[2])
	if err != nil {
		return err
	}
	each, err := strconv.Atoi(a[3])
	if err != nil {
		return err
	}
	body := []byte("x")
	if len(a) > 4 {
		kib, err := strconv.Atoi(a[4])
		if err != nil {
			return err
		}
		body = make([]byte, kib<<10)
		_, _ = rand.NewChaCha8([32]byte{7}).Read(body) // never fails
	}
	if have, err := counted(ctx, c, a[0], a[1]); err != nil || have == n {
		return err
	}
	name := func(i int) string {
		if each == 0 {
			return fmt.Sprintf("photo-%06d.jpg", i)
		}
		return fmt.Sprintf("2026/%04d/photo-%06d.jpg", i/each, i)
	}
	var g errgroup.Group
	g.SetLimit(32)
	for i := range n {
		g.Go(func() error {
			_, err := c.PutObject(ctx, &s3.PutObjectInput{
				Bucket: aws.String(a[0]), Key: aws.String(a[1] + name(i)), Body: bytes.NewReader(body),
			})
			return err
		})
	}
	return g.Wait()
}

func count(a []string) error {
	ctx := context.Background()
	c, err := client(ctx)
	if err != nil {
		return err
	}
	n, err := counted(ctx, c, a[0], a[1])
	fmt.Println(n)
	return err
}

func counted(ctx context.Context, c *s3.Client, bucket, prefix string) (n int, err error) {
	pages := s3.NewListObjectsV2Paginator(c, &s3.ListObjectsV2Input{Bucket: aws.String(bucket), Prefix: aws.String(prefix)})
	for pages.HasMorePages() {
		page, err := pages.NextPage(ctx)
		if err != nil {
			return 0, err
		}
		n += len(page.Contents)
	}
	return n, nil
}

// files makes files of random content, the same every time.
func files(a []string) error {
	n, err := strconv.Atoi(a[1])
	if err != nil {
		return err
	}
	kib, err := strconv.Atoi(a[2])
	if err != nil {
		return err
	}
	if err := os.MkdirAll(a[0], 0o755); err != nil {
		return err
	}
	random := rand.NewChaCha8([32]byte{7})
	block := make([]byte, 1<<20)
	for i := range n {
		f, err := os.Create(filepath.Join(a[0], fmt.Sprintf("img-%05d.jpg", i)))
		if err != nil {
			return err
		}
		for left := kib << 10; left > 0 && err == nil; {
			part := block[:min(left, len(block))]
			_, _ = random.Read(part) // never fails
			left -= len(part)
			_, err = f.Write(part)
		}
		if cerr := f.Close(); err == nil {
			err = cerr
		}
		if err != nil {
			return err
		}
	}
	return nil
}
