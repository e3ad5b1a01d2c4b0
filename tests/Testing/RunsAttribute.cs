using CrmPlatform.Hosting;
using Xunit.v3;

namespace CrmPlatform.Testing;

/// <summary>
/// Says which apps the tests of an assembly talk to: <c>[assembly: Runs(typeof(ContactsService))]</c>. The production host starts them
/// once, before the first test, on real servers.
/// </summary>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class RunsAttribute(params Type[] apps) : Attribute, IAssemblyFixtureAttribute
{
    /// <summary>What is started once for the assembly.</summary>
    public Type AssemblyFixtureType => typeof(TestHost);

    internal App[] Apps => [.. apps.Select(app => (App)Activator.CreateInstance(app)!)];
}
