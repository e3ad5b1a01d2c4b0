using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using System.Runtime.InteropServices;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace CrmPlatform.Hosting.Beside;

/// <summary>A request on its way through an app's pipeline: what the pipeline asks of a server, without a connection behind it.</summary>
internal sealed class Passing : IHttpRequestFeature, IRequestBodyPipeFeature, IHttpRequestBodyDetectionFeature, IHttpResponseFeature,
    IHttpResponseBodyFeature, IHttpRequestLifetimeFeature, IHttpConnectionFeature, IDisposable
{
    private readonly PassedBody body;
    private readonly CancellationTokenSource given;
    private readonly ReadOnlyMemory<byte> sent;
    private List<(Func<object, Task> Callback, object State)>? starting;
    private List<(Func<object, Task> Callback, object State)>? completed;
    private IHeaderDictionary answerHeaders = new HeaderDictionary();
    private Stream? requestBody;
    private Stream? answerBody;

    public Passing(PassedRequest request, CancellationToken cancel)
    {
        (Method, Path, QueryString, Headers, sent) = (request.Method, request.Path, request.Query, request.Headers, request.Body);
        given = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        RequestAborted = given.Token;
        body = new(Start);
        Features = new FeatureCollection(16);
        Features.Set<IHttpRequestFeature>(this);
        Features.Set<IRequestBodyPipeFeature>(this);
        Features.Set<IHttpRequestBodyDetectionFeature>(this);
        Features.Set<IHttpResponseFeature>(this);
        Features.Set<IHttpResponseBodyFeature>(this);
        Features.Set<IHttpRequestLifetimeFeature>(this);
        Features.Set<IHttpConnectionFeature>(this);
    }

    public FeatureCollection Features { get; }

    public string Protocol { get; set; } = "HTTP/1.1";

    public string Scheme { get; set; } = "http";

    public string Method { get; set; }

    public string PathBase { get; set; } = "";

    public string Path { get; set; }

    public string QueryString { get; set; }

    public string RawTarget { get => Path + QueryString; set => Path = value; }

    public IHeaderDictionary Headers { get; set; }

    Stream IHttpRequestFeature.Body { get => requestBody ??= Readable(sent); set => requestBody = value; }

    PipeReader IRequestBodyPipeFeature.Reader => field ??= requestBody is null
        ? PipeReader.Create(new ReadOnlySequence<byte>(sent)) : PipeReader.Create(requestBody);

    public bool CanHaveBody => sent.Length > 0;

    public int StatusCode { get; set; } = StatusCodes.Status200OK;

    public string? ReasonPhrase { get; set; }

    IHeaderDictionary IHttpResponseFeature.Headers { get => answerHeaders; set => answerHeaders = value; }

    Stream IHttpResponseFeature.Body { get => Stream; set => answerBody = value; }

    public Stream Stream => answerBody ??= body.AsStream();

    public PipeWriter Writer => body;

    public bool HasStarted { get; private set; }

    public CancellationToken RequestAborted { get; set; }

    public string ConnectionId { get; set; } = "";

    public IPAddress? RemoteIpAddress { get; set; } = IPAddress.Loopback;

    public IPAddress? LocalIpAddress { get; set; } = IPAddress.Loopback;

    public int RemotePort { get; set; }

    public int LocalPort { get; set; }

    public void OnStarting(Func<object, Task> callback, object state) => (starting ??= []).Add((callback, state));

    public void OnCompleted(Func<object, Task> callback, object state) => (completed ??= []).Add((callback, state));

    public void Abort() => given.Cancel();

    public void DisableBuffering()
    {
        // All of it is kept until its end: there is no other way to pass it.
    }

    public Task StartAsync(CancellationToken cancellationToken = default) => Start(cancellationToken);

    public Task SendFileAsync(string path, long offset, long? count, CancellationToken cancellationToken = default) =>
        SendFileFallback.SendFileAsync(Stream, path, offset, count, cancellationToken);

    public Task CompleteAsync() => Start(default);

    /// <summary>What a server does when the pipeline has come to its end.</summary>
    public async Task End()
    {
        await Start(default);
        await Call(completed);
        given.Token.ThrowIfCancellationRequested(); // whoever asked has gone: there is no answer
    }

    public PassedAnswer Answer()
    {
        given.Dispose();
        return new(StatusCode, answerHeaders, body);
    }

    public void Dispose()
    {
        given.Dispose();
        body.Dispose();
    }

    private Task Start(CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        if (HasStarted)
            return Task.CompletedTask;
        HasStarted = true;
        return Call(starting);
    }

    // The last that was registered comes first, as with every server.
    private static async Task Call(List<(Func<object, Task> Callback, object State)>? callbacks)
    {
        for (var i = (callbacks?.Count ?? 0) - 1; i >= 0; i--)
            await callbacks![i].Callback(callbacks[i].State);
    }

    private static MemoryStream Readable(ReadOnlyMemory<byte> bytes) =>
        MemoryMarshal.TryGetArray(bytes, out var array) ? new(array.Array!, array.Offset, array.Count, writable: false) : new(bytes.ToArray(), writable: false);
}
