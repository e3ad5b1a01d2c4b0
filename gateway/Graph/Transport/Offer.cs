namespace CrmPlatform.Graph.Transport;

/// <summary>
/// What the graph offers, as the edge reads it of everybody behind it: an address that is no REST and so no path of the document, for whoever has a
/// token or says in a socket who they are, and a page for everybody.
/// </summary>
internal static class Offer
{
    public const string Path = "/api/v1/graphql";

    public const string Document = $$"""
        {
          "openapi": "3.1.1",
          "info": {"title": "CrmPlatform: graph", "version": "v1"},
          "paths": {},
          "tags": [],
          "components": {},
          "x-admitted": ["{{Path}}"],
          "x-sockets": ["{{Path}}"],
          "x-open": ["{{Explorer.Path}}"]
        }
        """;
}
