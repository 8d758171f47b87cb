package idiom.engine.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.List;
import java.util.Map;

/** Networks small enough to compute by hand. A length of -1 is a free one. */
final class TestModels {
    static final long[] WINDOWS = {-1, 1, 64, 84};
    private static final int FLOAT = TensorProto.DataType.FLOAT_VALUE;

    private TestModels() {}

    /** Gives back what it gets. */
    static byte[] identity() {
        return identity("windows", "probabilities", FLOAT, WINDOWS);
    }

    static byte[] identity(String input, String output, int type, long... shape) {
        return model(
                GraphProto.newBuilder()
                        .addInput(value(input, type, shape))
                        .addOutput(value(output, type, shape))
                        .addNode(node("Identity", List.of(input), output)),
                Map.of());
    }

    /** {@code scale * x + offset} in every cell. */
    static byte[] affine(float scale, float offset) {
        return model(
                GraphProto.newBuilder()
                        .addInput(value("windows", FLOAT, WINDOWS))
                        .addOutput(value("probabilities", FLOAT, WINDOWS))
                        .addInitializer(floats("scale", new float[] {scale}))
                        .addInitializer(floats("offset", new float[] {offset}))
                        .addNode(node("Mul", List.of("windows", "scale"), "scaled"))
                        .addNode(node("Add", List.of("scaled", "offset"), "probabilities")),
                Map.of("seed", "42"));
    }

    /** The share of a cell's 3x3 neighbourhood that sounds; outside is silent. */
    static byte[] neighbours() {
        float[] kernel = new float[9];
        java.util.Arrays.fill(kernel, 1 / 9f);
        return model(
                GraphProto.newBuilder()
                        .addInput(value("windows", FLOAT, WINDOWS))
                        .addOutput(value("probabilities", FLOAT, WINDOWS))
                        .addInitializer(floats("kernel", kernel, 1, 1, 3, 3))
                        .addNode(node("Conv", List.of("windows", "kernel"), "probabilities").toBuilder()
                                .addAttribute(AttributeProto.newBuilder()
                                        .setName("pads")
                                        .setType(AttributeProto.AttributeType.INTS)
                                        .addAllInts(List.of(1L, 1L, 1L, 1L)))),
                Map.of());
    }

    /** Logit of genre g: {@code weights[g]} times the number of sounding cells. */
    static byte[] classifier(Map<String, String> metadata, float... weights) {
        float[] matrix = new float[5376 * weights.length];
        for (int i = 0; i < matrix.length; i++) {
            matrix[i] = weights[i % weights.length];
        }
        return model(
                GraphProto.newBuilder()
                        .addInput(value("windows", FLOAT, WINDOWS))
                        .addOutput(value("logits", FLOAT, -1, weights.length))
                        .addInitializer(floats("matrix", matrix, 5376, weights.length))
                        .addNode(node("Flatten", List.of("windows"), "flat"))
                        .addNode(node("MatMul", List.of("flat", "matrix"), "logits")),
                metadata);
    }

    private static byte[] model(GraphProto.Builder graph, Map<String, String> metadata) {
        ModelProto.Builder model = ModelProto.newBuilder()
                .setIrVersion(8)
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(17))
                .setGraph(graph.setName("test"));
        metadata.forEach((key, text) -> model.addMetadataProps(
                StringStringEntryProto.newBuilder().setKey(key).setValue(text)));
        return model.build().toByteArray();
    }

    private static NodeProto node(String operator, List<String> inputs, String output) {
        return NodeProto.newBuilder()
                .setOpType(operator)
                .addAllInput(inputs)
                .addOutput(output)
                .build();
    }

    private static TensorProto floats(String name, float[] values, long... shape) {
        TensorProto.Builder tensor = TensorProto.newBuilder().setName(name).setDataType(FLOAT);
        for (long length : shape) {
            tensor.addDims(length);
        }
        for (float number : values) {
            tensor.addFloatData(number);
        }
        return tensor.build();
    }

    private static ValueInfoProto value(String name, int type, long... lengths) {
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
        for (long length : lengths) {
            TensorShapeProto.Dimension.Builder dimension = TensorShapeProto.Dimension.newBuilder();
            shape.addDim(length < 0 ? dimension.setDimParam("batch") : dimension.setDimValue(length));
        }
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder()
                        .setTensorType(
                                TypeProto.Tensor.newBuilder().setElemType(type).setShape(shape)))
                .build();
    }
}
