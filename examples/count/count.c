/* Counts one end of a flow:  cc -o count count.c && ./count orders.received 5
 * The server is 127.0.0.1:9420; counting never fails the caller. */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

/* Returns 0 when the server has counted, -1 otherwise. Waits for one second at most. */
int count(const char* name, long n) {
  struct sockaddr_in server = {.sin_family = AF_INET, .sin_port = htons(9420)};
  struct timeval second = {.tv_sec = 1};
  char text[512];
  int sent = -1;
  int length = snprintf(text, sizeof text,
                        "POST /api/daytwo/v1/count/%s?n=%ld HTTP/1.1\r\nHost: 127.0.0.1:9420\r\n"
                        "Content-Length: 0\r\nConnection: close\r\n\r\n",
                        name, n);
  int connection = socket(AF_INET, SOCK_STREAM, 0);
  if (connection < 0 || length >= (int)sizeof text) return -1;
  inet_pton(AF_INET, "127.0.0.1", &server.sin_addr);
  setsockopt(connection, SOL_SOCKET, SO_RCVTIMEO, &second, sizeof second);
  setsockopt(connection, SOL_SOCKET, SO_SNDTIMEO, &second, sizeof second);
  if (connect(connection, (struct sockaddr*)&server, sizeof server) == 0 &&
      send(connection, text, (size_t)length, MSG_NOSIGNAL) == length &&
      recv(connection, text, 12, MSG_WAITALL) == 12 && text[9] == '2') {
    sent = 0; /* "HTTP/1.1 204": the status starts with 2 */
  }
  close(connection);
  return sent;
}

int main(int argc, char** argv) {
  if (argc < 2) return 2;
  if (count(argv[1], argc > 2 ? atol(argv[2]) : 1) != 0) fprintf(stderr, "not counted\n");
  return 0;
}
