using System.Collections.Concurrent;
using Microsoft.AspNetCore.Hosting.Server;

namespace CrmPlatform.Hosting.Beside;

/// <summary>
/// The apps of a process, for those beside them: a request to one goes through all that a request from outside meets there, spans, metrics, problems,
/// tokens, rules, and is given over without a connection.
/// </summary>
public sealed class Neighbours
{
    private readonly ConcurrentDictionary<string, Pipeline> serving = new(StringComparer.Ordinal);

    /// <summary>Asks an app; null where it does not serve (yet, or any more).</summary>
    /// <param name="app">The app's name.</param>
    /// <param name="request">What it is asked.</param>
    /// <param name="cancel">Ends it: the app sees that its caller has gone.</param>
    public Task<PassedAnswer>? Ask(string app, PassedRequest request, CancellationToken cancel) =>
        serving.TryGetValue(app, out var pipeline) ? pipeline.Ask(request, cancel) : null;

    internal void Serves<TContext>(string app, IHttpApplication<TContext> application)
        where TContext : notnull => serving[app] = new PipelineOf<TContext>(application);

    internal void Ends(string app) => serving.TryRemove(app, out _);

    private abstract class Pipeline
    {
        public abstract Task<PassedAnswer> Ask(PassedRequest request, CancellationToken cancel);
    }

    // As every server does it: the application makes its context of the features, and ends it whatever happens.
    private sealed class PipelineOf<TContext>(IHttpApplication<TContext> application) : Pipeline
        where TContext : notnull
    {
        public override async Task<PassedAnswer> Ask(PassedRequest request, CancellationToken cancel)
        {
            var passing = new Passing(request, cancel);
            var context = application.CreateContext(passing.Features);
            try
            {
                try
                {
                    await application.ProcessRequestAsync(context);
                }
                finally
                {
                    await passing.End();
                }
            }
            catch (Exception e)
            {
                application.DisposeContext(context, e);
                passing.Dispose();
                throw;
            }
            application.DisposeContext(context, null);
            return passing.Answer();
        }
    }
}
