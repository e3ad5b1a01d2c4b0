using Microsoft.AspNetCore.Http;

namespace CrmPlatform.Hosting.Beside;

/// <summary>A request to an app of the same process.</summary>
/// <param name="Method">GET, POST, PATCH, DELETE.</param>
/// <param name="Path">What is asked for.</param>
/// <param name="Query">With the question mark, where there is one.</param>
/// <param name="Headers">Its headers.</param>
/// <param name="Body">Its body.</param>
public sealed record PassedRequest(string Method, string Path, string Query, IHeaderDictionary Headers, ReadOnlyMemory<byte> Body);

/// <summary>What an app of the same process answered. Its body is lent: it is gone when the answer is disposed of.</summary>
public sealed class PassedAnswer : IDisposable
{
    private readonly PassedBody body;

    internal PassedAnswer(int status, IHeaderDictionary headers, PassedBody body) => (Status, Headers, this.body) = (status, headers, body);

    /// <summary>Its status.</summary>
    public int Status { get; }

    /// <summary>Its headers.</summary>
    public IHeaderDictionary Headers { get; }

    /// <summary>Its body.</summary>
    public ReadOnlyMemory<byte> Body => body.Written;

    /// <inheritdoc/>
    public void Dispose() => body.Dispose();
}
