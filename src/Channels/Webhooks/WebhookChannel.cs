using System.Net;
using System.Net.Http.Headers;

namespace Zvonok.Channels.Webhooks;

/// <summary>Sends a notice as one signed POST. Connections are pooled, redirects are not followed.</summary>
internal sealed class WebhookChannel : IDisposable
{
    private static readonly MediaTypeHeaderValue Json = new("application/json");

    private readonly HttpClient _client;
    private readonly WebhookOptions _options;
    private readonly byte[] _secret;
    private readonly IClock _clock;

    public WebhookChannel(WebhookOptions options, IClock clock)
    {
        (_options, _clock) = (options, clock);
        _secret = options.IsSetUp ? Convert.FromHexString(options.Keys[options.KeyId]) : [];
        _client = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            MaxConnectionsPerServer = options.RequestsMax,
            ConnectTimeout = TimeSpan.FromSeconds(options.TimeoutSeconds),
            // A receiver that moves is found anew.
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        })
        {
            // Whoever calls has a time limit of its own.
            Timeout = Timeout.InfiniteTimeSpan,
        };
    }

    /// <summary>Sends it once.</summary>
    public async ValueTask<SendResult> Send(NoticeKey key, Notice notice, CancellationToken stop)
    {
        using var request = Compose(key, notice);
        try
        {
            using var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop);
            return ResultOf(response.StatusCode);
        }
        catch (HttpRequestException exception)
        {
            return new SendResult(SendOutcome.Failed, exception.Message);
        }
    }

    public void Dispose() => _client.Dispose();

    private HttpRequestMessage Compose(NoticeKey key, Notice notice)
    {
        var now = _clock.GetCurrentInstant();
        var body = WebhookBody.Write(key, notice, now);
        var timestamp = WebhookSignature.Timestamp(now);
        var request = new HttpRequestMessage(HttpMethod.Post, notice.Channel.Address) { Content = new ByteArrayContent(body) { Headers = { ContentType = Json } } };
        request.Headers.TryAddWithoutValidation(WebhookSignature.NoticeHeader, key.ToString());
        request.Headers.TryAddWithoutValidation(WebhookSignature.KeyIdHeader, _options.KeyId);
        request.Headers.TryAddWithoutValidation(WebhookSignature.TimestampHeader, timestamp);
        request.Headers.TryAddWithoutValidation(WebhookSignature.SignatureHeader, WebhookSignature.Sign(_secret, timestamp, body));
        return request;
    }

    // What says that this notice will never do is final; all else may be a receiver that is being set up.
    private static SendResult ResultOf(HttpStatusCode status) => status switch
    {
        >= HttpStatusCode.OK and < HttpStatusCode.MultipleChoices => SendResult.Delivered,
        HttpStatusCode.BadRequest or HttpStatusCode.Gone or HttpStatusCode.RequestEntityTooLarge or HttpStatusCode.UnsupportedMediaType or HttpStatusCode.UnprocessableEntity =>
            new SendResult(SendOutcome.Rejected, $"HTTP {(int)status}"),
        _ => new SendResult(SendOutcome.Failed, $"HTTP {(int)status}"),
    };
}
