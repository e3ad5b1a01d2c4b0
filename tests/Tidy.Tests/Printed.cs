using System.Reflection;

namespace CrmPlatform.Tidy.Tests;

/// <summary>What the program of all services prints for a verb, run in this process.</summary>
internal static class Printed
{
    private static readonly Lock Turn = new();

    public static string By(params string[] arguments)
    {
        var program = Assembly.Load("CrmPlatform.AllInOne").EntryPoint!;
        lock (Turn) // there is one console
        {
            var (before, captured) = (Console.Out, new StringWriter { NewLine = "\n" });
            Console.SetOut(captured);
            try
            {
                Xunit.Assert.Equal(0, program.Invoke(null, [arguments]));
            }
            finally
            {
                Console.SetOut(before);
            }
            return captured.ToString();
        }
    }
}
