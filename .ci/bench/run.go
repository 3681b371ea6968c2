package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"syscall"
	"time"
	"unsafe"
)

// measure runs a command. Its peak memory is that of its largest process.
func measure(a []string) error {
	cmd := exec.Command(a[1], a[2:]...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = nil, os.Stdout, os.Stderr
	before := serverTime()
	begin := time.Now()
	err := cmd.Run()
	took := time.Since(begin)
	if cmd.ProcessState == nil {
		return err
	}
	return note(a[0], took, peak(cmd), cmd.ProcessState.ExitCode(), processorTime(cmd), serverTime()-before)
}

// processorTime is what a command that ended took of the processors.
func processorTime(cmd *exec.Cmd) time.Duration {
	return cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
}

// serverTime is what the process SERVER_PID took of the processors so far, as
// Linux tells in hundredths of a second; 0 where it does not.
func serverTime() time.Duration {
	stat, err := os.ReadFile("/proc/" + os.Getenv("SERVER_PID") + "/stat")
	if err != nil {
		return 0
	}
	fields := bytes.Fields(stat[bytes.LastIndexByte(stat, ')')+1:])
	if len(fields) < 13 {
		return 0
	}
	user, _ := strconv.Atoi(string(fields[11]))
	system, _ := strconv.Atoi(string(fields[12]))
	return time.Duration(user+system) * 10 * time.Millisecond
}

// peak is in KiB.
func peak(cmd *exec.Cmd) int64 {
	if u, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage); ok {
		return u.Maxrss
	}
	return 0
}

// frame runs a command on a terminal of its own until it has drawn a text.
func frame(a []string) error {
	master, slave, err := openTerminal()
	if err != nil {
		return err
	}
	defer master.Close()
	cmd := exec.Command(a[2], a[3:]...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = slave, slave, slave
	cmd.Env = append(os.Environ(), "TERM=xterm-256color")
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
	begin := time.Now()
	if err := cmd.Start(); err != nil {
		return err
	}
	slave.Close()
	late := time.AfterFunc(10*time.Second, func() { _ = cmd.Process.Kill() })
	defer late.Stop()
	var shown []byte
	buf := make([]byte, 64<<10)
	for !bytes.Contains(shown, []byte(a[1])) {
		n, err := master.Read(buf)
		if err != nil {
			_ = cmd.Wait()
			return fmt.Errorf("it never showed %q: %q", a[1], shown)
		}
		shown = append(shown, buf[:n]...)
	}
	took := time.Since(begin)
	go func() { // until the program is gone
		for {
			if _, err := master.Read(buf); err != nil {
				return
			}
		}
	}()
	_ = cmd.Process.Signal(syscall.SIGTERM)
	err = cmd.Wait()
	if exit := (*exec.ExitError)(nil); err != nil && !errors.As(err, &exit) {
		return err
	}
	return note(a[0], took, peak(cmd), 0, processorTime(cmd), 0)
}

// openTerminal makes a terminal of 100 columns and 30 rows.
func openTerminal() (master, slave *os.File, err error) {
	master, err = os.OpenFile("/dev/ptmx", os.O_RDWR|syscall.O_NOCTTY, 0)
	if err != nil {
		return nil, nil, err
	}
	var number, unlock uint32
	size := struct{ rows, columns, x, y uint16 }{30, 100, 0, 0}
	for request, at := range map[uintptr]unsafe.Pointer{
		syscall.TIOCGPTN: unsafe.Pointer(&number), syscall.TIOCSPTLCK: unsafe.Pointer(&unlock), syscall.TIOCSWINSZ: unsafe.Pointer(&size),
	} {
		if _, _, errno := syscall.Syscall(syscall.SYS_IOCTL, master.Fd(), request, uintptr(at)); errno != 0 {
			return nil, nil, errno
		}
	}
	slave, err = os.OpenFile(fmt.Sprintf("/dev/pts/%d", number), os.O_RDWR|syscall.O_NOCTTY, 0)
	return master, slave, err
}
