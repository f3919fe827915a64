/* The floor of a poll: reads each URL of a file over one connection, again and again, and throws the bodies away.
 *
 * usage: poll FILE ROUNDS TOKEN
 * Prints the CPU seconds of one request.
 */
#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

static size_t drop(char *bytes, size_t size, size_t count, void *context) {
    (void)bytes, (void)context;
    return size * count;
}

static double cpu(void) {
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_utime.tv_sec + usage.ru_stime.tv_sec + (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

int main(int count, char **arguments) {
    if (count != 4) return 64;
    FILE *file = fopen(arguments[1], "r");
    if (!file) return 66;
    char header[256], line[1024];
    snprintf(header, sizeof header, "Authorization: Bearer %s", arguments[3]);
    CURL *curl = curl_easy_init();
    struct curl_slist *headers = curl_slist_append(NULL, header);
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, drop);
    curl_easy_setopt(curl, CURLOPT_FAILONERROR, 1L);
    long requests = 0;
    double start = cpu();
    for (int round = atoi(arguments[2]); round > 0; round--) {
        rewind(file);
        while (fgets(line, sizeof line, file)) {
            line[strcspn(line, "\n")] = 0;
            curl_easy_setopt(curl, CURLOPT_URL, line);
            if (curl_easy_perform(curl) != CURLE_OK) return 1;
            requests++;
        }
    }
    printf("%.9f\n", (cpu() - start) / requests);
    return 0;
}
