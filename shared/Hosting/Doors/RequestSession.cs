using CrmPlatform.Journal;
using Microsoft.AspNetCore.Http;

namespace CrmPlatform.Hosting.Doors;

/// <summary>The session of a request, opened when it is first asked for; another one when the request is done once more.</summary>
internal sealed class RequestSession(IHttpContextAccessor request, Sessions sessions, TimeProvider clock) : IAsyncDisposable
{
    private Session? session;

    public Session Session => session ??= Begin();

    /// <summary>Nothing of what was done so far has happened.</summary>
    public async Task<Session> Anew()
    {
        await DisposeAsync();
        return session = Begin();
    }

    public ValueTask DisposeAsync() => session?.DisposeAsync() ?? default;

    private Session Begin()
    {
        var http = request.HttpContext!;
        return sessions.Begin(Callers.CauseOf(http, clock), http.RequestAborted);
    }
}
